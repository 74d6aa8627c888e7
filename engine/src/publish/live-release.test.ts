import { expect, test } from 'vitest'
import { library } from '../testing/definitions.ts'
import { startTestProduct } from '../testing/product.ts'
import { followLiveRelease } from './live-release.ts'

test('who asks while an older state is being read gets the newer one', async () => {
  const product = await startTestProduct()
  let gate = Promise.resolve()
  const slow = new Proxy(product.database.sql, {
    apply: async (target, self, parameters) => {
      const rows = await Reflect.apply(target, self, parameters)
      await gate
      return rows
    },
  })
  const live = await followLiveRelease({ database: slow, direct: product.database.sql }, () => undefined)
  let open = (): void => undefined
  gate = new Promise((resolve) => {
    open = resolve
  })
  const first = live.reload()
  await product.database.sql`select pg_sleep(0.2)`
  const number = await product.publish(library)
  const second = live.reload()
  open()
  await first
  expect((await second).release.number).toBe(number)
  await live.stop()
  await product.stop()
})
