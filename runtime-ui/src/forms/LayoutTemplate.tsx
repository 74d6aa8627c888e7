import type { ObjectFieldTemplateProps } from '@rjsf/utils'
import { Badge, Tabs } from 'antd'
import type { ReactNode } from 'react'
import { useFormSurroundings } from './form-context.ts'
import type { Section, Tab } from './layout.ts'

/** The rjsf template of the record itself: tabs, sections, columns, from what is visible now. */
export function LayoutTemplate({ properties }: ObjectFieldTemplateProps) {
  const { layout, tab, onTab, faultsIn } = useFormSurroundings()
  const contents = new Map(properties.map(({ name, content }) => [name, content]))
  const shown = layout.find(({ id }) => id === tab) ?? layout[0]
  if (shown === undefined) return null
  if (layout.length === 1) return <Sections tab={shown} contents={contents} />
  return (
    <Tabs
      activeKey={shown.id}
      onChange={onTab}
      className="heddle-form-tabs"
      items={layout.map((each) => ({
        key: each.id,
        label: (
          <Badge size="small" offset={[6, 0]} count={faultsIn(each.id)}>
            {each.title}
          </Badge>
        ),
        children: each.id === shown.id ? <Sections tab={each} contents={contents} /> : null,
      }))}
      destroyOnHidden
    />
  )
}

interface SectionsProps {
  readonly tab: Tab
  readonly contents: ReadonlyMap<string, ReactNode>
}

function Sections({ tab, contents }: SectionsProps) {
  return tab.sections.map((section) => (
    <section
      key={section.id}
      className="heddle-section"
      aria-label={section.title}
      data-alone={isNamedByItsOnlyField(section) || undefined}
    >
      {!isNamedByItsOnlyField(section) && <h2>{section.title}</h2>}
      <div className="heddle-section-fields" data-columns={section.columns}>
        {section.places.map(({ field, span }) => (
          <div
            key={field.name}
            className="heddle-place"
            data-span={span}
            data-row={span === section.columns || undefined}
          >
            {contents.get(field.name)}
          </div>
        ))}
      </div>
    </section>
  ))
}

/** A heading that repeats the label below it says nothing. */
function isNamedByItsOnlyField({ title, places }: Section): boolean {
  return places.length === 1 && places[0]?.field.title === title
}
