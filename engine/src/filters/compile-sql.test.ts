import { checkExpression } from '@heddle/metadata'
import { describe, expect, it } from 'vitest'
import { renderStatement } from '../storage/statement.ts'
import { compileSql, compileWhere } from './compile-sql.ts'
import { articleResolver, articleScope } from './fixtures/article.ts'
import { clockLiterals } from './fixtures/clock-literals.ts'
import { clock } from './fixtures/compare-engines.ts'

function compiled(text: string, compile: typeof compileSql) {
  const result = checkExpression(text, articleScope)
  if (!result.ok) throw new Error(result.findings.map(({ message }) => message).join(' '))
  return renderStatement(compile(result.expression, articleResolver, clockLiterals(clock)))
}

const sqlOf = (text: string) => compiled(text, compileSql)
const whereOf = (text: string) => compiled(text, compileWhere)

describe('SQL of an expression', () => {
  it('binds every value of the text', () => {
    const { text, parameters } = sqlOf(`title = "'; drop table article; --" and quantity < 12.5 and active = true`)
    expect(text).not.toMatch(/drop|12|true/)
    expect(parameters).toEqual([`'; drop table article; --`, '12.5', true])
  })

  it('binds today in the company’s zone', () => {
    expect(sqlOf('made = today()').parameters).toEqual(['2024-04-01'])
  })

  it('asks the resolver for paths through lookups and for lines', () => {
    expect(sqlOf('author.name = title').text).toContain('from author where author.id = "article"."author"')
    expect(sqlOf('sum(lines.amount)').text).toContain('sum("line"."amount"::numeric)')
  })

  it('compares a lookup with an id as uuid, so that its index serves', () => {
    expect(whereOf('author = "00000000-0000-7000-8000-00000000000A"')).toEqual({
      text: '("article"."author" = $1::uuid)',
      parameters: ['00000000-0000-7000-8000-00000000000a'],
    })
  })
})

describe('WHERE of a condition', () => {
  it.each([
    ['title = "a"', '("article"."title" = $1::text)'],
    ['kind in ["amber", "jade"]', '("article"."kind" = any (array[$1::text, $2::text]::text[]))'],
    ['quantity between 1 and 5', '("article"."quantity" between symmetric $1::numeric and $2::numeric)'],
    ['title = "a" or quantity = 1', '(("article"."title" = $1::text) or ("article"."quantity" = $2::numeric))'],
    ['title = note', '("article"."title" is not distinct from "article"."note")'],
    ['not(title = "a")', '(not ("article"."title" is not distinct from $1::text))'],
    ['title = null', '("article"."title" is null)'],
    ['price > 5', '("article"."price" > $1::numeric)'],
  ])('%s is %s', (text, where) => {
    expect(whereOf(text).text).toBe(where)
  })
})
