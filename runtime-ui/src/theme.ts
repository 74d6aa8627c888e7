import type { ThemeConfig } from 'antd'

/** The class that carries the theme's CSS variables; the document's root has it. */
export const themeClass = 'heddle'

/** Primary colour of a company that has not chosen one. */
export const defaultPrimary = '#2456c9'

/** The only theme: every colour, size and duration of both apps comes from here. */
export function themeOf(primary: string, motion: 'full' | 'reduced'): ThemeConfig {
  const readable = readablePrimary(primary)
  return {
    cssVar: { key: themeClass },
    hashed: false,
    token: {
      colorPrimary: readable,
      colorInfo: readable,
      colorLink: readable,
      colorPrimaryBg: tintOf(readable, 0.09),
      colorPrimaryBgHover: tintOf(readable, 0.15),
      colorInfoBg: tintOf(readable, 0.09),
      colorInfoBorder: tintOf(readable, 0.3),
      controlItemBgActive: tintOf(readable, 0.09),
      controlItemBgActiveHover: tintOf(readable, 0.15),
      colorTextBase: '#1c2330',
      colorText: '#1c2330',
      colorTextSecondary: '#475063',
      colorTextTertiary: '#636c7e',
      colorTextQuaternary: '#636c7e',
      colorTextPlaceholder: '#6b7486',
      colorTextDisabled: '#7a8292',
      colorBgLayout: '#f6f7f9',
      colorBorder: '#d5dae2',
      colorBorderSecondary: '#e8ebf0',
      colorSplit: '#e8ebf0',
      colorError: '#c5221f',
      colorSuccess: '#1a7f37',
      colorWarning: '#b45309',
      colorWarningBg: '#fef7ec',
      colorWarningBorder: '#f2d7ab',
      fontFamily:
        "-apple-system, BlinkMacSystemFont, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif",
      fontSize: 14,
      fontSizeSM: 12,
      fontSizeLG: 16,
      fontSizeXL: 20,
      borderRadius: 6,
      controlHeight: 32,
      motion: motion === 'full',
      motionDurationFast: '0.08s',
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.15s',
      boxShadow: '0 4px 16px rgb(16 24 40 / 10%), 0 1px 3px rgb(16 24 40 / 8%)',
      boxShadowSecondary: '0 6px 20px rgb(16 24 40 / 12%), 0 1px 4px rgb(16 24 40 / 8%)',
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Tabs: { horizontalMargin: '0', titleFontSize: 14 },
      Modal: { titleFontSize: 16 },
    },
  }
}

/** The colour, darkened until white text on it, and it on its own tint, have a contrast of 4.5 (WCAG 2.2 AA). */
export function readablePrimary(colour: string): string {
  let channels = channelsOf(colour)
  while (contrastOf(channels, mixed(channels, 0.15)) < 4.5) {
    channels = channels.map((channel) => Math.floor(channel * 0.95))
  }
  return hexOf(channels)
}

/** So much of the colour in white. */
function tintOf(colour: string, share: number): string {
  return hexOf(mixed(channelsOf(colour), share))
}

function mixed(channels: readonly number[], share: number): number[] {
  return channels.map((channel) => Math.round(255 + (channel - 255) * share))
}

function channelsOf(colour: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16) || 0)
}

function hexOf(channels: readonly number[]): string {
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

/** Contrast of a dark colour on a light one as WCAG 2.2 defines it. */
function contrastOf(dark: readonly number[], light: readonly number[]): number {
  return (luminanceOf(light) + 0.05) / (luminanceOf(dark) + 0.05)
}

function luminanceOf(channels: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => {
    const part = channel / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
