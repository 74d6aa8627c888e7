import { asObject, asText, asTexts, type Json, type JsonObject } from '@heddle/metadata'

/** The document as a page without scripts: operations by tag, each with its parameters, body and answer. */
export function openapiPage(document: JsonObject): string {
  const info = asObject(document.info)
  const operations = operationsOf(document)
  const tags = Array.isArray(document.tags) ? document.tags.map(asObject) : []
  const sections = tags.map((tag) => {
    const name = asText(tag.name) ?? ''
    const own = operations.filter(({ operation }) => asTexts(operation.tags).includes(name))
    return `<section id="${escapeHtml(name)}"><h2>${escapeHtml(name)} <small>${escapeHtml(asText(tag.description) ?? '')}</small></h2>
${own.map((each) => renderOperation(each)).join('\n')}</section>`
  })
  const links = tags.map(({ name }) => `<a href="#${escapeHtml(name ?? '')}">${escapeHtml(name ?? '')}</a>`).join('\n')
  const schemas = Object.entries(asObject(asObject(document.components).schemas))
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(info.title ?? '')} API</title><style>${style}</style></head><body>
<header><h1>${escapeHtml(info.title ?? '')} API</h1><p>${escapeHtml(info.description ?? '')}
<a href="/api/openapi.json">openapi.json</a></p></header>
<nav>${links}\n<a href="#schemas">schemas</a></nav><main>${sections.join('\n')}
<section id="schemas"><h2>schemas</h2>
${schemas.map(([name, schema]) => renderSchema(name, asObject(schema))).join('\n')}</section></main></body></html>
`
}

interface Placed {
  readonly method: string
  readonly path: string
  readonly operation: JsonObject
}

function operationsOf(document: JsonObject): Placed[] {
  return Object.entries(asObject(document.paths)).flatMap(([path, methods]) =>
    Object.entries(asObject(methods)).map(([method, operation]) => ({ method, path, operation: asObject(operation) })),
  )
}

function renderOperation({ method, path, operation }: Placed): string {
  const parameters = Array.isArray(operation.parameters) ? operation.parameters.map(asObject) : []
  const body = asObject(operation.requestBody).content
  const answers = Object.entries(asObject(operation.responses)).map(
    ([status, answer]) => `<p><b>${escapeHtml(status)}</b> ${renderContent(asObject(answer).content ?? answer)}</p>`,
  )
  return `<details><summary><b class="${escapeHtml(method)}">${escapeHtml(method.toUpperCase())}</b> <code>${escapeHtml(path)}</code>
${escapeHtml(operation.summary ?? '')}</summary><p>${escapeHtml(operation.description ?? '')}</p>
${parameters.length === 0 ? '' : `<p>Parameters: ${parameters.map(renderParameter).join(', ')}</p>`}
${body === undefined ? '' : `<p>Body: ${renderContent(body)}</p>`}${answers.join('')}</details>`
}

function renderParameter(parameter: JsonObject): string {
  const name = parameter.name ?? asText(parameter.$ref)?.split('/').at(-1) ?? ''
  return `<code>${escapeHtml(name)}</code>`
}

function renderContent(content: Json): string {
  const media = Object.entries(asObject(content))
  return media
    .map(([type, value]) => {
      const schema = asObject(value).schema
      return type === '$ref'
        ? renderLink(String(value))
        : `<code>${escapeHtml(type)}</code> ${renderType(asObject(schema))}`
    })
    .join(' ')
}

function renderSchema(name: string, schema: JsonObject): string {
  const required = new Set(asTexts(schema.required))
  const rows = Object.entries(asObject(schema.properties)).map(([property, value]) => {
    const { description, ...rest } = asObject(value)
    return `<tr><td><code>${escapeHtml(property)}</code>${required.has(property) ? ' *' : ''}</td>
<td>${renderType(rest)}</td><td>${escapeHtml(description ?? '')}</td></tr>`
  })
  return `<details id="schema-${escapeHtml(name)}"><summary><code>${escapeHtml(name)}</code>
${escapeHtml(schema.description ?? '')}</summary><table>${rows.join('\n')}</table></details>`
}

function renderType(schema: JsonObject): string {
  const reference = asText(schema.$ref)
  if (reference !== undefined) return renderLink(reference)
  const text = JSON.stringify(schema)
  return text === '{}' ? '' : `<code>${escapeHtml(text)}</code>`
}

function renderLink(reference: string): string {
  const name = reference.split('/').at(-1) ?? ''
  return `<a href="#schema-${escapeHtml(name)}">${escapeHtml(name)}</a>`
}

const entities: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escapeHtml(text: Json): string {
  return String(text).replace(/[&<>"]/g, (character) => entities[character] ?? character)
}

const style = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; color: #1f2329 }
nav { display: flex; flex-wrap: wrap; gap: .25rem .75rem; margin: 1rem 0 }
a { color: #0958d9 } small { color: #646a73; font-weight: normal } code { overflow-wrap: anywhere }
details { border: 1px solid #dee0e3; border-radius: 6px; margin: .25rem 0; padding: .4rem .75rem }
summary { cursor: pointer } summary b { display: inline-block; min-width: 4rem }
.get { color: #0958d9 } .post { color: #237804 } .put, .patch { color: #ad6800 } .delete { color: #cf1322 }
table { border-collapse: collapse; width: 100% } td { border-top: 1px solid #dee0e3; padding: .25rem .5rem; vertical-align: top }
@media (prefers-color-scheme: dark) { body { background: #17191c; color: #e8e9eb } a { color: #69b1ff } }
`
