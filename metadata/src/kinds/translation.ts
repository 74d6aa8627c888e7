import type { Definition } from '../definition.ts'
import type { Reporter } from '../findings.ts'
import { asObject, escapePointer, parsePointer, readPointer } from '../json.ts'
import { isTranslatable } from '../release/texts.ts'
import type { CheckContext } from './define-kind.ts'

/** Only texts have translations. A text that nothing shows any more is a warning: it must not block the upgrade that removed its target. */
export function checkTranslation({ body }: Definition, { release }: CheckContext, report: Reporter): void {
  for (const [address, texts] of Object.entries(body)) {
    const target = release.definitions.get(address)
    const path = `/${escapePointer(address)}`
    if (target === undefined) {
      report.warning(path, 'translation.target', `“${address}” is translated but does not exist.`)
      continue
    }
    for (const pointer of Object.keys(asObject(texts))) {
      const at = `${path}/${escapePointer(pointer)}`
      if (readPointer(target.body, pointer) === undefined) {
        report.warning(at, 'translation.target', `“${address}” has nothing at “${pointer}” to translate.`)
      } else if (!isTranslatable(parsePointer(pointer))) {
        const message = `What stands at “${pointer}” of “${address}” is no text for people, so it has no translation.`
        report.error(at, 'translation.text', message)
      }
    }
  }
}
