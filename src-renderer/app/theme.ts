import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

const teal: MantineColorsTuple = ['#EEF6F7', '#DCECEE', '#B9DCE1', '#8AD6DF', '#67C3CF', '#3B9FAD', '#1A7888', '#0B5563', '#083F4A', '#06303A']

/** The visual language as a Mantine theme: type scale, spacing, radius and colour are chosen here once. */
export const theme = createTheme({
  colors: { teal },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  fontFamily: 'Inter, "Segoe UI", sans-serif',
  fontFamilyMonospace: '"JetBrains Mono", monospace',
  fontSizes: { xs: '0.8125rem', sm: '0.875rem', md: '0.9375rem', lg: '1.125rem', xl: '1.375rem' },
  lineHeights: { xs: '1.5', sm: '1.5', md: '1.5', lg: '1.5', xl: '1.5' },
  spacing: { xs: '0.25rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  radius: { xs: '0.1875rem', sm: '0.25rem', md: '0.375rem', lg: '0.625rem', xl: '0.625rem' },
  defaultRadius: 'md',
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '1.375rem', lineHeight: '1.5' }, h2: { fontSize: '1rem', lineHeight: '1.5' } } },
  breakpoints: { xs: '36em', sm: '48em', md: '64em', lg: '85em', xl: '100em' },
  focusRing: 'auto',
  respectReducedMotion: true,
})

const scheme = { body: 'canvas', text: 'text', dimmed: 'text-3', 'default-border': 'line-strong', error: 'bad' } as const

const schemeVariables = Object.fromEntries(
  Object.entries(scheme).map(([name, token]) => [`--mantine-color-${name}`, `var(--mc-${token})`]),
)

/** Points Mantine's own colours at the tokens, in both schemes. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: schemeVariables, dark: schemeVariables })
