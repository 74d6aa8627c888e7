import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'

const keys = [
  ['Ctrl K', 'goTo'],
  ['C', 'create'],
  ['/', 'search'],
  ['↑ ↓', 'walk'],
  ['Enter', 'open'],
  ['Space', 'select'],
  ['Esc', 'close'],
  ['?', 'help'],
] as const

/** The keys that work everywhere and in lists. */
export function KeysDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal title={t('shell.keys')} open={isOpen} onCancel={onClose} footer={null} width={420}>
      <dl className="heddle-keys">
        {keys.map(([key, name]) => (
          <div key={name}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`keys.${name}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
