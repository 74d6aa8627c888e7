import type { Definition } from '../definition.ts'
import type { Reporter } from '../findings.ts'
import { asText } from '../json.ts'
import type { CheckContext } from './define-kind.ts'

/** The time zone must be one the platform knows. */
export function checkSettings({ name, body }: Definition, _context: CheckContext, report: Reporter): void {
  if (name !== 'site') {
    report.error('', 'settings.single', 'There is one settings document; name it “site”.')
  }
  const zone = asText(body.timezone)
  if (zone !== undefined && !isTimeZone(zone)) {
    report.error('/timezone', 'settings.timezone', `“${zone}” is no IANA time zone; write one like “Asia/Shanghai”.`)
  }
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
