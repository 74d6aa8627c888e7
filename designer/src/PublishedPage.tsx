import { Failure, useLocale } from '@heddle/runtime-ui'
import { useQuery } from '@tanstack/react-query'
import { Empty, Input, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { groupedByKind, type PublishedItem, publishedQuery } from './published.ts'
import { designerTexts } from './texts.ts'
import zhCN from './zh-CN.json' with { type: 'json' }

/** What is published: the release and its definitions by kind, with where each comes from. */
export function PublishedPage() {
  const { t } = useTranslation(designerTexts)
  const { data: published, error, refetch } = useQuery(publishedQuery(useLocale()))
  const [text, setText] = useState('')
  if (published === undefined) {
    return error === null ? <Skeleton active /> : <Failure error={error} onRetry={() => void refetch()} />
  }
  const groups = groupedByKind(published, text)
  return (
    <div className="designer-page">
      <header>
        <h1>{t('published')}</h1>
        <span className="designer-release">{t('release', { number: published.number })}</span>
        <Input.Search
          className="designer-find"
          aria-label={t('find')}
          placeholder={t('find')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          allowClear
        />
      </header>
      {groups.length === 0 && <Empty description={t(published.items.length === 0 ? 'empty' : 'nothing')} />}
      {groups.map(({ kind, items }) => (
        <KindSection key={kind} kind={kind} items={items} />
      ))}
    </div>
  )
}

function KindSection({ kind, items }: { readonly kind: string; readonly items: readonly PublishedItem[] }) {
  const { t } = useTranslation(designerTexts)
  return (
    <section>
      <h2>
        {isNamedKind(kind) ? t(`kind.${kind}`) : kind} <small>{t('count', { count: items.length })}</small>
      </h2>
      <ul>
        {items.map(({ name, title, owner }) => (
          <li key={name}>
            <span>{title}</span>
            <code>{name}</code>
            <small>{t('owner', { owner })}</small>
          </li>
        ))}
      </ul>
    </section>
  )
}

function isNamedKind(kind: string): kind is keyof typeof zhCN.kind {
  return Object.hasOwn(zhCN.kind, kind)
}
