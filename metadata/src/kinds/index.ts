import entitySchema from '../../schemas/entity.json' with { type: 'json' }
import formSchema from '../../schemas/form.json' with { type: 'json' }
import menuSchema from '../../schemas/menu.json' with { type: 'json' }
import optionSetSchema from '../../schemas/option-set.json' with { type: 'json' }
import roleSchema from '../../schemas/role.json' with { type: 'json' }
import settingsSchema from '../../schemas/settings.json' with { type: 'json' }
import translationSchema from '../../schemas/translation.json' with { type: 'json' }
import viewSchema from '../../schemas/view.json' with { type: 'json' }
import type { KindDefinition } from './define-kind.ts'
import { checkEntity } from './entity.ts'
import { checkForm } from './form.ts'
import { checkMenu } from './menu.ts'
import { checkOptionSet } from './option-set.ts'
import { checkRole } from './role.ts'
import { checkSettings } from './settings.ts'
import { checkTranslation } from './translation.ts'
import { checkView } from './view.ts'

/** Every kind of definition by name; `folder` is where plugins keep its files. A new one is its file and its line here. */
export const kinds: { readonly [kind: string]: KindDefinition } = {
  entity: { folder: 'entities', schema: entitySchema, check: checkEntity },
  'option-set': { folder: 'option-sets', schema: optionSetSchema, check: checkOptionSet },
  form: { folder: 'forms', schema: formSchema, check: checkForm },
  view: { folder: 'views', schema: viewSchema, check: checkView },
  menu: { folder: 'menus', schema: menuSchema, check: checkMenu },
  role: { folder: 'roles', schema: roleSchema, check: checkRole },
  settings: { folder: 'settings', schema: settingsSchema, check: checkSettings },
  translation: { folder: 'translations', schema: translationSchema, check: checkTranslation },
}
