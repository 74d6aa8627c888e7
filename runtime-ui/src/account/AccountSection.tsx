import { Typography } from 'antd'
import { type ReactNode, useId } from 'react'
import './account.css'

/** A part of the person's page: what it is about, and what one can do. */
export function AccountSection({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="heddle-account">
      <Typography.Title level={2} id={id}>
        {title}
      </Typography.Title>
      {children}
    </section>
  )
}
