import { Alert } from 'antd'

/** What may be saved but should be looked at. */
export function Doubts({ texts }: { readonly texts: readonly string[] }) {
  if (texts.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      className="heddle-summary"
      title={texts.length === 1 ? texts[0] : undefined}
      description={
        texts.length > 1 ? (
          <ul>
            {texts.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        ) : undefined
      }
    />
  )
}
