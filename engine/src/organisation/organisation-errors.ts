import { Fault } from '../errors.ts'

export const departmentInUse = (found: { parts: number; people: number; records: number }) =>
  new Fault(
    'department.inUse',
    409,
    `The department has ${found.parts} departments, ${found.people} people and ${found.records} records in it; move them to others first.`,
    { data: { ...found } },
  )

export const positionHeld = (people: number) =>
  new Fault('position.held', 409, `${people} people hold this position; take it from them first.`, { data: { people } })
