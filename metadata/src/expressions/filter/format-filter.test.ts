import { describe, expect, it } from 'vitest'
import { compileCondition } from '../compile-expression.ts'
import { article, articleScope, clock } from '../fixtures/article.ts'
import { formatFilter } from './format-filter.ts'

const rule = (field: string, op: string, value?: unknown) => ({ field, op, value })

describe('a filter tree is said in FEEL:', () => {
  it.each([
    [rule('title', '=', 'a "b" \\ c\n'), '(title = "a \\"b\\" \\\\ c\\u000a")'],
    [rule('amount', '>=', 1.5), '(amount >= 1.5)'],
    [rule('amount', '>', 0.0000001), '(amount > 0.0000001)'],
    [rule('made', '<', '2024-01-31'), '(made < date("2024-01-31"))'],
    [rule('seen', '>', '2024-01-31T10:00:00Z'), '(seen > date and time("2024-01-31T10:00:00Z"))'],
    [rule('made', '>', { feel: 'today() - @"P30D"' }), '(made > (today() - @"P30D"\n))'],
    [rule('kind', 'in', ['amber', 'jade']), '(kind in ["amber", "jade"])'],
    [rule('kind', 'not in', ['amber']), 'not(kind in ["amber"])'],
    [rule('title', 'contains', '棉'), 'contains(title, "棉")'],
    [rule('title', 'starts with', 'a'), 'starts with(title, "a")'],
    [rule('title', 'ends with', 'a'), 'ends with(title, "a")'],
    [rule('tags', 'contains', 'a'), 'list contains(tags, "a")'],
    [rule('amount', 'between', [1, 2]), '(amount between 1 and 2)'],
    [rule('author', 'empty'), '(author = null)'],
    [rule('tags', 'empty'), '(tags = null or count(tags) = 0)'],
    [rule('lines', 'not empty'), 'not((count(lines) = 0))'],
    [rule('size', 'empty'), '(size = null)'],
    [rule('active', '!=', null), '(active != null)'],
    [
      { all: [rule('author.name', '=', 'Li'), { any: [rule('amount', '<', 1), rule('active', '=', true)] }] },
      '((author.name = "Li") and ((amount < 1) or (active = true)))',
    ],
  ])('%j', (tree, text) => {
    expect(formatFilter(tree, articleScope)).toMatchObject({ ok: true, text })
  })

  it('and compiles like any other condition', () => {
    const result = formatFilter(
      { all: [rule('title', 'contains', 'é'), rule('amount', 'between', [1, 20])] },
      articleScope,
    )
    expect(result.ok && compileCondition(result.expression)(article, clock)).toBe(true)
  })
})

describe('a filter tree is refused with the path of the fault:', () => {
  it.each<[tree: unknown, ...findings: string[]]>([
    [null, 'filter.malformed @ '],
    [{ all: 'x' }, 'filter.malformed @ /all'],
    [{ all: [] }, 'filter.empty @ /all'],
    [{ all: [rule('title', '=', 'a'), 7] }, 'filter.malformed @ /all/1'],
    [
      { all: [rule('amout', '=', 1), rule('title', '~', 'a')] },
      'name.unknown @ /all/0/field',
      'filter.operator @ /all/1/op',
    ],
    [rule('title = "a" or true', '=', 'a'), 'filter.field @ /field'],
    [rule('amount', 'in', []), 'filter.value @ /value'],
    [rule('amount', 'between', [1]), 'filter.value @ /value'],
    [rule('amount', '=', { a: 1 }), 'filter.value @ /value'],
    [rule('amount', '='), 'filter.value @ /value'],
    [rule('amount', '=', Number.POSITIVE_INFINITY), 'filter.value @ /value'],
    [{ any: [rule('title', '=', 'a'), rule('amount', '=', 'x')] }, 'type.mismatch @ /any/1'],
    [rule('kind', '=', 'x'), 'option.unknown @ '],
    [rule('amount', '<', 1e21), 'number.digits @ '],
    [rule('made', '=', 'soon'), 'literal.invalid @ '],
    [rule('amount', '>', { feel: '1) or (true' }), 'expression.syntax @ /value'],
    [rule('size', '=', 1), 'type.record @ '],
  ])('%j', (tree, ...findings) => {
    const result = formatFilter(tree, articleScope)
    expect(result.ok ? [] : result.findings.map(({ code, path }) => `${code} @ ${path}`)).toEqual(findings)
  })

  it('one too deep or too large', () => {
    let tree: unknown = rule('amount', '=', 1)
    for (let depth = 0; depth < 12; depth++) tree = { all: [tree] }
    expect(formatFilter(tree, articleScope)).toMatchObject({ findings: [{ code: 'filter.too-large' }] })
    const many = { any: Array(101).fill(rule('amount', '=', 1)) }
    expect(formatFilter(many, articleScope)).toMatchObject({ findings: [{ code: 'filter.too-large' }] })
  })
})
