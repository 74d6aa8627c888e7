import { formatJson, kinds, type Layer, type Override, overridesToDocument, siteOwner } from '@heddle/metadata'
import { inOrder } from './place-layers.ts'
import { pluginsFile } from './read-site.ts'

/** The site's layer as files by path, and the plugins below it. The same layers give the same bytes. */
export function siteFiles(layers: readonly Layer[]): Map<string, string> {
  const plugins = layers.filter(({ owner }) => owner !== siteOwner)
  const versions = plugins.map(({ owner, manifest }) => [owner, manifest?.version ?? '0.0.0'])
  const files = new Map([[pluginsFile, formatJson(Object.fromEntries(versions))]])
  for (const layer of layers.filter(({ owner }) => owner === siteOwner).map(inOrder)) {
    for (const { kind, name, body } of layer.definitions) {
      files.set(`${kinds[kind]?.folder ?? kind}/${name}.json`, formatJson(body))
    }
    for (const [address, overrides] of groups(layer.overrides)) {
      files.set(`overrides/${address}.json`, formatJson(overridesToDocument(overrides)))
    }
  }
  return files
}

function groups(overrides: readonly Override[]): Map<string, Override[]> {
  const result = new Map<string, Override[]>()
  for (const override of overrides) result.set(override.address, [...(result.get(override.address) ?? []), override])
  return result
}
