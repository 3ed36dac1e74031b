import { Alert, Badge, createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const indigo: MantineColorsTuple = ['#eef1fd', '#dfe5fb', '#bcc8f5', '#94a6ee', '#7189e7', '#5873e0', '#4560d8', '#3a51bd', '#3145a3', '#26367f'];
const slate: MantineColorsTuple = ['#e8eaee', '#c4c8d0', '#9aa1ae', '#6f7683', '#363b45', '#2a2e37', '#1c1f26', '#14161b', '#0f1115', '#0a0b0e'];
const stone: MantineColorsTuple = ['#f7f8fa', '#f0f2f5', '#e6e9ee', '#d9dde4', '#c6ccd6', '#9aa2af', '#6b7380', '#4b525e', '#2f353e', '#1b1f26'];

/** Calm surfaces, one accent, and text that keeps a contrast of at least 4.5 in both schemes. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: 6,
  colors: { indigo, dark: slate, gray: stone },
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '14px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
      h4: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', allowDeselect: false, checkIconPosition: 'right' } },
    NumberInput: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 300, multiline: true, maw: 320, withArrow: true, events: { hover: true, focus: true, touch: true } } },
    Badge: Badge.extend({
      defaultProps: { variant: 'light', radius: 'sm', size: 'md', tt: 'none', fw: 500 },
      styles: { root: { flex: 'none' } },
      vars: (_, { color = 'gray' }) => ({
        root: {
          '--badge-bg': `color-mix(in srgb, var(--mantine-color-${color}-6) 13%, var(--surface))`,
          '--badge-color': `light-dark(color-mix(in srgb, var(--mantine-color-${color}-9) 80%, black), var(--mantine-color-${color}-3))`,
        },
        dot: {},
      }),
    }),
    Alert: Alert.extend({
      vars: (_, { color = 'gray' }) => ({
        root: {
          '--alert-bg': `color-mix(in srgb, var(--mantine-color-${color}-6) 8%, var(--surface))`,
          '--alert-bd': `1px solid color-mix(in srgb, var(--mantine-color-${color}-6) 32%, var(--surface))`,
          '--alert-color': `light-dark(var(--mantine-color-${color}-9), var(--mantine-color-${color}-3))`,
        },
      }),
    }),
    Table: { defaultProps: { verticalSpacing: 8, horizontalSpacing: 20, borderColor: 'var(--line)' } },
    // A dialog's head is no head of the page.
    Modal: { defaultProps: { centered: true, radius: 'lg', attributes: { header: { role: 'presentation' } } } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' } } },
    Paper: { defaultProps: { radius: 'lg' } },
    Tabs: { defaultProps: { keepMounted: false } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#fbfbfc',
    '--mantine-color-text': '#1b1f26',
    '--mantine-color-dimmed': '#596170',
    '--mantine-color-placeholder': '#6b7380',
    '--mantine-color-error': '#c02b2b',
    '--mantine-color-anchor': '#3a51bd',
  },
  dark: {
    '--mantine-color-dimmed': '#9aa1ae',
    '--mantine-color-placeholder': '#8a919e',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-anchor': '#94a6ee',
  },
});
