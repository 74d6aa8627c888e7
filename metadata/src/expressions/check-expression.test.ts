import { describe, expect, it } from 'vitest'
import { checkExpression } from './check-expression.ts'
import { articleScope } from './fixtures/article.ts'
import { type ContextType, feelTypes } from './types.ts'

/** code @ the text it points at. */
function findingsOf(text: string, expects = undefined as Parameters<typeof checkExpression>[2]): readonly string[] {
  const result = checkExpression(text, articleScope, expects)
  return result.ok ? [] : result.findings.map(({ code, from, to }) => `${code} @ ${text.slice(from, to)}`)
}

describe('an expression is refused with code and place:', () => {
  it.each<[text: string, ...findings: string[]]>([
    ['', 'expression.empty @ '],
    ['amount +', 'expression.syntax @ '],
    ['amount = = 1', 'expression.syntax @ ='],
    ['amount ->= 1', 'expression.syntax @ >='],
    ['title "a"', 'expression.syntax @ "a"'],
    ['title = "a', 'expression.unclosed-text @ "a'],
    ['for x in tags return x', 'expression.not-offered @ for x in tags return x'],
    ['some x in tags, y in tags satisfies x = y', 'expression.not-offered @ y in tags'],
    ['some x in 1..5 satisfies x = 2', 'expression.not-offered @ 1..5'],
    ['function(x) x', 'expression.not-offered @ function(x) x'],
    ['amount instance of number', 'expression.not-offered @ amount instance of number'],
    ['{a: 1}', 'expression.not-offered @ {a: 1}'],
    ['amount ** 2 > 1', 'expression.not-offered @ **'],
    ['tags[1]', 'expression.not-offered @ 1'],
    ['[]', 'expression.not-offered @ []'],
    ['title in ("a", "b")', 'expression.not-offered @ ("a", "b")'],
    ['amount in > 5', 'expression.not-offered @ > 5'],
    ['contains(string: title, match: "a")', 'expression.not-offered @ string: title, match: "a"'],
    ['kind in ["amber"] or active', 'in.brackets @ kind in ["amber"] or active'],
    ['kind in ["amber"] and active', 'in.brackets @ kind in ["amber"] and active'],
    ['amout > 1 and titel = "x"', 'name.unknown @ amout', 'name.unknown @ titel'],
    ['author.nam = "x"', 'name.unknown @ nam'],
    ['made.yer', 'name.no-property @ yer'],
    ['author.region.chief.x', 'name.no-property @ x'],
    ['user.region.region.x', 'name.unknown @ region'],
    ['trim(title)', 'function.unknown @ trim'],
    ['contains(amount, "a")', 'function.arguments @ contains(amount, "a")'],
    ['count(title)', 'function.arguments @ count(title)'],
    ['title + 1', 'type.mismatch @ title + 1'],
    ['amount = "1"', 'type.mismatch @ amount = "1"'],
    ['made = "2024-01-31"', 'type.mismatch @ made = "2024-01-31"'],
    ['made < seen', 'type.mismatch @ made < seen'],
    ['active > false', 'type.mismatch @ active > false'],
    ['amount < null', 'type.mismatch @ amount < null'],
    ['extra = 1', 'type.mismatch @ extra = 1'],
    ['author = "somebody"', 'type.mismatch @ author = "somebody"'],
    ['[1, "a"]', 'type.mismatch @ "a"'],
    ['if active then 1 else "a"', 'type.mismatch @ if active then 1 else "a"'],
    ['1 and amount', 'type.expected @ 1', 'type.expected @ amount'],
    ['not(1)', 'type.expected @ 1'],
    ['if 1 then 2 else 3', 'type.expected @ 1'],
    ['amount in 5', 'type.expected @ 5'],
    ['-title', 'type.expected @ title'],
    ['size', 'type.record @ size'],
    ['lines', 'type.record @ lines'],
    ['kind = "ambr"', 'option.unknown @ "ambr"'],
    ['kind in ["amber", "x"]', 'option.unknown @ "x"'],
    ['if active then kind else "x"', 'option.unknown @ "x"'],
    ['kind < "amber"', 'option.unordered @ kind < "amber"'],
    ['grade < title', 'type.mismatch @ grade < title'],
    ['amount = 1e3', 'number.exponent @ 1e3'],
    ['amount = 1234567890.123456', 'number.digits @ 1234567890.123456'],
    ['date(title)', 'function.arguments @ date(title)'],
    ['date("2024-02-30")', 'literal.invalid @ "2024-02-30"'],
    ['made + @"PT5H"', 'literal.invalid @ @"PT5H"'],
    ['made + wait', 'literal.required @ wait'],
    ['duration(title)', 'literal.required @ title'],
    ['duration("P2000Y")', 'literal.invalid @ "P2000Y"'],
    ['amount in [1..quantity]', 'literal.required @ quantity'],
    ['amount in [5..1]', 'range.order @ 5..1'],
    ['made in [@"2024-03-01"..@"2024-02-01"]', 'range.order @ @"2024-03-01"..@"2024-02-01"'],
    ['matches(title, tags[1])', 'expression.not-offered @ 1'],
    ['matches(title, title)', 'literal.required @ title'],
    ['matches(title, "^(a+)+$")', 'literal.invalid @ "^(a+)+$"'],
    ['replace(title, "a.*", "b")', 'literal.invalid @ "a.*"'],
    ['substring(title, 0)', 'literal.invalid @ 0'],
    ['round half up(amount, quantity)', 'literal.required @ quantity'],
    ['lines[count(lines) > 1].note', 'list.nested @ lines'],
    [
      'some l in lines satisfies (some m in tags satisfies m = l.note)',
      'list.nested @ some m in tags satisfies m = l.note',
    ],
    ['count(lines) = null', 'ok'],
    ['lines = null', 'expression.not-offered @ lines'],
    ['"\\u0000" = title', 'literal.invalid @ "\\u0000"'],
  ])('%s', (text, ...findings) => {
    expect(findingsOf(text)).toEqual(findings.filter((finding) => finding !== 'ok'))
  })

  it('a path of more than three names, not counting groups and words like user', () => {
    expect(findingsOf('author.region.name = "a"')).toEqual([])
    expect(findingsOf('user.region.name = "a"')).toEqual([])
    const deep = checkExpression('a.b.c.d', { resolve: () => lookup, names: () => [] })
    expect(deep).toMatchObject({ findings: [{ code: 'name.path-too-long' }] })
  })

  it('a text over 2,000 characters, or over the given length', () => {
    expect(findingsOf(`amount = ${'1 + '.repeat(600)}1`)).toHaveLength(1)
    expect(findingsOf('amount > 1', { maxLength: 5 })).toEqual(['expression.too-long @ t > 1'])
  })

  it('nesting too deep, but no long chain of or', () => {
    expect(findingsOf(`${'('.repeat(200)}1${')'.repeat(200)}`)[0]).toMatch(/^expression.too-deep/)
    expect(findingsOf(Array(150).fill('active').join(' or '))).toEqual([])
  })

  it('what grows without bound in SQL', () => {
    const nested = Array(7)
      .fill(0)
      .reduce((inner) => `decimal(${inner}, 2)`, 'amount')
    expect(findingsOf(nested)).toEqual([`expression.too-complex @ ${nested}`])
  })

  it('a value of another type than expected', () => {
    expect(findingsOf('amount', { expects: feelTypes.boolean })).toEqual(['type.expected @ amount'])
    const expects = { kind: 'option', options: ['amber', 'jade'], ordered: false } as const
    expect(findingsOf('if active then "amber" else "other"', { expects })).toEqual(['option.unknown @ "other"'])
  })
})

const lookup: ContextType = { kind: 'context', identity: 'id', fields: { resolve: () => lookup, names: () => [] } }

describe('a finding', () => {
  it('names the near miss in words and as data', () => {
    expect(checkExpression('amout > 1', articleScope)).toMatchObject({
      findings: [
        { message: 'There is no field “amout”; did you mean “amount”?', near: 'amount', data: { name: 'amout' } },
      ],
    })
  })

  it('carries the text with brackets round an in test', () => {
    expect(checkExpression('kind in ["jade"] or contains(title, "棉")', articleScope)).toMatchObject({
      findings: [{ fix: '(kind in ["jade"]) or contains(title, "棉")' }],
    })
    expect(checkExpression('title in ("a", "b")', articleScope)).toMatchObject({ findings: [{ fix: '["a", "b"]' }] })
  })
})

describe('a checked expression', () => {
  it('lists every path that it reads, through lookups and lines', () => {
    const result = checkExpression(
      'author = user.id and sum(lines[note != title].amount) > author.born.year',
      articleScope,
    )
    expect(result).toMatchObject({
      ok: true,
      type: { kind: 'boolean' },
      references: [
        ['author', 'id'],
        ['user', 'id'],
        ['lines'],
        ['lines', 'note'],
        ['title'],
        ['lines', 'amount'],
        ['author', 'born'],
      ],
    })
  })

  it('knows the scale of what it works out', () => {
    expect(checkExpression('amount * 1.5 + quantity', articleScope)).toMatchObject({
      type: { kind: 'number', scale: 3 },
    })
    expect(checkExpression('amount / 3', articleScope)).toMatchObject({ type: { kind: 'number' } })
  })

  it('may hold comments', () => {
    expect(findingsOf('amount /* "net */ > 1 // and "more')).toEqual([])
  })
})
