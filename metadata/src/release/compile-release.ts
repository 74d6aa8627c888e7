import type { Address } from '../definition.ts'
import type { Choice, SettingsOf } from '../field-types/define-field-type.ts'
import { fieldTypeOf, isFieldType } from '../field-types/index.ts'
import { asObject, asText, asTexts, type JsonObject } from '../json.ts'
import type { Effective } from '../layers/fold.ts'
import { isInherited } from '../names.ts'
import { type Memory, remember } from '../remember.ts'
import { type DynamicRule, dynamicRules, type Entity, type Field } from './entity.ts'
import { holdBack } from './hold-back.ts'
import { entityIdOf, fieldIdOf } from './identity.ts'
import { sourceLocale } from './localize.ts'
import { withCurrency } from './record-currency.ts'
import type { EntityStorage, Storage } from './storage.ts'

/** One published, numbered, immutable set, resolved: the only thing the rest of the product reads. */
export interface Release {
  readonly number: number
  readonly definitions: ReadonlyMap<Address, Effective>
  readonly storage: Storage
  /** The entity of that name or deprecated alias. */
  entity(name: string): Entity | undefined
  /** The entity with that x-id. */
  entityById(id: string): Entity | undefined
  /** Current names of all entities, in order. */
  readonly entityNames: readonly string[]
  /** Children whose lookup to the entity is named in a `lines` field, and every other lookup to it. */
  referencesTo(entityName: string): readonly { readonly entity: Entity; readonly field: Field }[]
}

const entities: Memory<Entity> = new WeakMap()

/**
 * Resolves valid effective definitions into a release. Entities are resolved when first asked for, so that start-up does
 * not pay for what nobody uses; one that did not change is the same object as in the release before. A field whose change
 * of type waits for its values is what it was, in its definition too. `locale` is the language of the definitions' texts.
 */
export function compileRelease(
  number: number,
  declared: ReadonlyMap<Address, Effective>,
  storage: Storage,
  locale: string = sourceLocale,
): Release {
  return resolveRelease({ number, definitions: holdBack(declared, storage), storage }, locale)
}

/** {@link compileRelease} for definitions of which none is held back any more. */
export function resolveRelease(
  { number, definitions, storage }: Pick<Release, 'number' | 'definitions' | 'storage'>,
  locale: string,
): Release {
  const sources = new Map<string, Effective>()
  const namesById = new Map<string, string>()
  for (const definition of definitions.values()) {
    const id = entityIdOf(definition)
    if (definition.kind !== 'entity' || isInherited(definition.name) || isInherited(id)) continue
    sources.set(definition.name, definition)
    namesById.set(id, definition.name)
  }
  const resolved = new Map<string, Entity>()
  const references = new Map<string, { entity: Entity; field: Field }[]>()
  const choicesOf = (optionSet: string) => readChoices(definitions.get(`option-set/${optionSet}`)?.body.options)
  const settingsOf: SettingsOf = (entityName, field) =>
    asObject(asObject(asObject(sources.get(entityName)?.body.properties)[field])['x-field'])
  const optionSets = [...definitions.values()].filter((definition) => definition.kind === 'option-set')

  const entity = (name: string): Entity | undefined => {
    const known = resolved.get(name)
    if (known !== undefined) return known
    const source = sources.get(name)
    if (source === undefined) return aliased(name)
    const stored = storage.entities[entityIdOf(source)]
    const others = takenFrom(source).map((other) => sources.get(other))
    const made = remember(entities, source, [locale, stored, ...optionSets, ...others], () =>
      resolveEntity(source, stored, { choicesOf, settingsOf, locale }),
    )
    resolved.set(name, made)
    return made
  }
  const aliased = (name: string): Entity | undefined => {
    const current = storage.aliases[name]
    return current === undefined || !sources.has(current) ? undefined : entity(current)
  }
  const allReferences = (): void => {
    const lookups = [...sources.keys()].flatMap((name) => lookupsOf(entity(name)))
    for (const { target, ...reference } of lookups) {
      references.set(target, [...(references.get(target) ?? []), reference])
    }
  }
  return {
    number,
    definitions,
    storage,
    entity,
    entityById: (id) => {
      const name = namesById.get(id)
      return name === undefined ? undefined : entity(name)
    },
    entityNames: [...sources.keys()],
    referencesTo: (name) => {
      if (references.size === 0) allReferences()
      return references.get(name) ?? []
    },
  }
}

/** Names of the entities that a lookup-like field points to. */
export function referencedEntities(field: Field): string[] {
  const type = fieldTypeOf(field.type)
  if (type.feel !== 'reference') return []
  return (type.entitySettings ?? []).flatMap((setting) => {
    const value = field.settings[setting]
    return typeof value === 'string' ? [value] : asTexts(value)
  })
}

function lookupsOf(entity: Entity | undefined): { target: string; entity: Entity; field: Field }[] {
  if (entity === undefined) return []
  return [...entity.fields.values()].flatMap((field) =>
    referencedEntities(field).map((target) => ({ target, entity, field })),
  )
}

/** What a field may take over from other definitions. */
interface Surroundings {
  readonly choicesOf: (optionSet: string) => ReadonlyMap<string, Choice>
  readonly settingsOf: SettingsOf
  readonly locale: string
}

const taken: Memory<readonly string[]> = new WeakMap()

/** Names of the entities whose fields tell more of this one's, which then decide what it resolves to. */
function takenFrom({ body }: Effective): readonly string[] {
  return remember(taken, body, [], () =>
    Object.values(asObject(body.properties)).flatMap((property) => {
      const from = asText(asObject(asObject(property)['x-field']).from)
      return from === undefined ? [] : [from]
    }),
  )
}

function readChoices(options: unknown): ReadonlyMap<string, Choice> {
  return new Map(
    Object.entries(asObject(options)).map(([key, option]) => {
      const { title, parent } = asObject(option)
      return [key, { title: asText(title) ?? key, ...(typeof parent === 'string' ? { parent } : {}) }]
    }),
  )
}

function resolveEntity(source: Effective, stored: EntityStorage | undefined, surroundings: Surroundings): Entity {
  const { body, name } = source
  const id = entityIdOf(source)
  const settings = asObject(body['x-entity'])
  const required = new Set(asTexts(body.required))
  const schema = settings.currency === true ? withCurrency(body, surroundings) : body
  const fields = resolveFields(schema, required, { source, stored, ...surroundings })
  const master = [...fields.values()].find((field) => field.settings.master === true)
  return {
    id,
    name,
    title: asText(body.title) ?? name,
    owner: source.owner,
    table: stored?.table ?? id,
    fields,
    aliases: new Map(
      Object.entries(stored?.aliases ?? {}).filter(([old, name]) => !fields.has(old) && fields.has(name)),
    ),
    pending: new Set(stored?.pending ?? []),
    label: asText(settings.label),
    search: asTexts(settings.search),
    rules: Object.entries(asObject(settings.rules)).map(([ruleId, rule]) => resolveRule(ruleId, asObject(rule))),
    duplicates: Object.entries(asObject(settings.duplicates)).map(([ruleId, rule]) => ({
      id: ruleId,
      match: asTexts(asObject(rule).match),
      action: asObject(rule).action === 'warn' ? 'warn' : 'block',
    })),
    indexes: Object.entries(asObject(settings.indexes)).map(([indexId, list]) => ({
      id: indexId,
      fields: asTexts(list),
    })),
    master,
    hasCurrency: settings.currency === true,
    isOwned: settings.owned !== false && master === undefined,
    body,
  }
}

interface Context extends Surroundings {
  readonly source: Effective
  readonly stored: EntityStorage | undefined
}

function resolveFields(schema: JsonObject, required: ReadonlySet<string>, context: Context): Map<string, Field> {
  const fields = new Map<string, Field>()
  for (const [name, value] of Object.entries(asObject(schema.properties))) {
    const field = resolveField(name, asObject(value), required.has(name), context)
    if (field !== undefined) fields.set(name, field)
  }
  return fields
}

function resolveField(name: string, source: JsonObject, isRequired: boolean, context: Context): Field | undefined {
  const { type, ...annotations } = asObject(source['x-field'])
  const id = fieldIdOf(name, source)
  if (typeof type !== 'string' || !isFieldType(type) || isInherited(name) || isInherited(id)) return undefined
  const definition = fieldTypeOf(type)
  const { dynamic, settings: written } = splitRules(annotations)
  const settings = definition.complete?.(written, context.settingsOf) ?? written
  const optionSet = asText(settings[definition.optionSetSetting ?? ''])
  const choices = optionSet === undefined ? readChoices(settings.options) : context.choicesOf(optionSet)
  const shape = { source, settings, choices, options: [...choices.keys()] }
  return {
    id,
    name,
    title: asText(source.title) ?? name,
    type,
    isRequired,
    isUnique: settings.unique === true || definition.isUnique === true,
    ...shape,
    value: narrowed(definition.value(shape), source, definition.keywords ?? []),
    column: context.stored?.fields[id]?.column ?? id,
    dynamic,
    owner: context.source.fieldOwners.get(name) ?? context.source.owner,
    fields: definition.hasFields
      ? resolveFields(source, new Set(asTexts(source.required)), { ...context, stored: undefined })
      : new Map(),
  }
}

/** The settings of the type and, apart from them, the dynamic rules. */
function splitRules(annotations: JsonObject): { settings: JsonObject; dynamic: Field['dynamic'] } {
  const dynamic: Partial<Record<DynamicRule, string>> = {}
  const settings: JsonObject = { ...annotations }
  for (const rule of dynamicRules) {
    const text = asText(annotations[rule])
    if (text !== undefined) dynamic[rule] = text
    delete settings[rule]
  }
  return { settings, dynamic }
}

/** The type's value schema with the constraints the author added. */
function narrowed(value: JsonObject, source: JsonObject, keywords: readonly string[]): JsonObject {
  const result: JsonObject = { ...value }
  for (const keyword of keywords) {
    const constraint = source[keyword]
    if (constraint !== undefined) result[keyword] = constraint
  }
  return result
}

function resolveRule(id: string, rule: JsonObject): Entity['rules'][number] {
  return {
    id,
    when: asText(rule.when) ?? 'false',
    error: asText(rule.error) ?? id,
    at: asText(rule.at),
    severity: rule.severity === 'warning' ? 'warning' : 'error',
  }
}
