/** Roles of a grid's parts. Virtual rows stand at absolute places, which a table element does not allow. */
export const gridRoles = {
  grid: { role: 'grid', tabIndex: 0 },
  rows: { role: 'rowgroup' },
  row: { role: 'row' },
  head: { role: 'columnheader' },
  cell: { role: 'gridcell' },
} as const
