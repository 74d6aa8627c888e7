import i18next from 'i18next'
import en from './en.json' with { type: 'json' }
import zhCN from './zh-CN.json' with { type: 'json' }

/** The namespace of the designer's texts beside those of the runtime app's parts. */
export const designerTexts = 'designer'

declare global {
  interface HeddleTexts {
    designer: typeof zhCN
  }
}

/** Adds the designer's texts in every language. */
export function addDesignerTexts(): void {
  i18next.addResourceBundle('zh-CN', designerTexts, zhCN)
  i18next.addResourceBundle('en', designerTexts, en)
}
