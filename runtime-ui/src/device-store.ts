/** What a device keeps between visits: texts by key. */
export type DeviceStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/**
 * A store in which nothing fails: one that is forbidden is empty, one that is full keeps what it had. Whatever is kept
 * there must be good to have, never needed.
 */
export function guardedStore(open: () => DeviceStore): DeviceStore {
  const attempt = <Result>(act: (store: DeviceStore) => Result, otherwise: Result): Result => {
    try {
      return act(open())
    } catch {
      return otherwise
    }
  }
  const write = (act: (store: DeviceStore) => void) => {
    const isKept = attempt((store) => {
      act(store)
      return true
    }, false)
    if (!isKept) console.warn('This device keeps nothing more; what is on the page stays until it is left.')
  }
  return {
    getItem: (key) => attempt((store) => store.getItem(key), null),
    setItem: (key, text) => write((store) => store.setItem(key, text)),
    removeItem: (key) => write((store) => store.removeItem(key)),
  }
}

/** The store of this browser; merely naming it fails where it is forbidden. */
export const deviceStore = guardedStore(() => localStorage)
