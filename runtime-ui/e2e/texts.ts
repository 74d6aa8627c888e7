import { test as base } from '../../.ci/e2e.ts'
import accountEn from '../src/i18n/account.en.json' with { type: 'json' }
import accountZhCN from '../src/i18n/account.zh-CN.json' with { type: 'json' }
import en from '../src/i18n/en.json' with { type: 'json' }
import formsEn from '../src/i18n/forms.en.json' with { type: 'json' }
import formsZhCN from '../src/i18n/forms.zh-CN.json' with { type: 'json' }
import zhCN from '../src/i18n/zh-CN.json' with { type: 'json' }

type Texts = typeof zhCN & { readonly forms: typeof formsZhCN; readonly account: typeof accountZhCN }

const texts = {
  zh: { ...zhCN, forms: formsZhCN, account: accountZhCN },
  en: { ...zhCN, ...en, forms: { ...formsZhCN, ...formsEn }, account: accountEn },
} as const satisfies { [language: string]: Texts }

/** A browser test with the texts of the app, in the language of the project, which it sets the app to. */
export const test = base.extend<{ texts: Texts }>({
  texts: [
    async ({ locale, page }, use) => {
      const isEnglish = locale?.startsWith('en')
      await page.addInitScript((chosen) => localStorage.setItem('heddle.locale', chosen), isEnglish ? 'en' : 'zh-CN')
      await use(isEnglish ? texts.en : texts.zh)
    },
    { auto: true },
  ],
})

/** A text of the app with its placeholders filled in. */
export function filled(text: string, values: { readonly [name: string]: string | number }): string {
  return text.replace(/\{\{(\w+)[^}]*\}\}/g, (_, name: string) => String(values[name]))
}
