import { compileRelease, emptyStorage } from '@heddle/metadata'
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { statementFor } from './statement-cache.ts'

const release = () => compileRelease(1, new Map(), emptyStorage)

describe('a kept statement', () => {
  it('is composed once and prepared from its third use on', () => {
    const live = release()
    let composed = 0
    const ask = () =>
      statementFor(live, 'shape', () => {
        composed++
        return sql`select 1`
      })
    expect([ask(), ask(), ask(), ask()].map(({ isPrepared = false }) => isPrepared)).toEqual([false, false, true, true])
    expect(composed).toBe(1)
  })

  it('is not prepared any more when a thousand texts of the release are', () => {
    const live = release()
    let prepared = 0
    for (let shape = 0; shape < 1200; shape++) {
      for (let use = 0; use < 3; use++) {
        if (statementFor(live, `shape ${shape}`, () => sql`select 1`).isPrepared === true) prepared++
      }
    }
    expect(prepared).toBe(1000)
  })
})
