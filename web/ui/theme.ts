import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'
import { monthWords, monthYearWords, weekdayWords } from './calendar-words.ts'
import { t } from './texts.ts'

const ink: MantineColorsTuple = [
  '#eef1fd',
  '#dbe1fa',
  '#b6c2f4',
  '#8fa1ee',
  '#6d84e8',
  '#4f6bdd',
  '#3f5bd6',
  '#324bbd',
  '#293f9f',
  '#1f317f',
]
const grey: MantineColorsTuple = [
  '#fafaf9',
  '#f4f4f2',
  '#ebebe8',
  '#dfdfdb',
  '#c9c9c5',
  '#a5a6a6',
  '#7d7f82',
  '#5f6266',
  '#3d4044',
  '#1c1e21',
]
const night: MantineColorsTuple = [
  '#e6e7ea',
  '#c3c6cc',
  '#a0a5ae',
  '#7c828d',
  '#454a53',
  '#353a42',
  '#272b31',
  '#17191d',
  '#121417',
  '#0d0e10',
]

/** Calendars speak the language of the reader's locale, as the days in the fields do. */
const calendar = {
  defaultProps: {
    monthLabelFormat: monthYearWords,
    monthsListFormat: monthWords,
    weekdayFormat: weekdayWords,
  },
}

/** What all screens share: quiet colours, dense rows, and figures that stand in columns. The tokens of both schemes stand in tokens.css. */
export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: 6,
  colors: { ink, gray: grey, dark: night },
  black: '#1c1e21',
  autoContrast: true,
  respectReducedMotion: true,
  cursorType: 'pointer',
  defaultRadius: 'sm',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  fontFamily:
    "Inter, ui-sans-serif, -apple-system, 'Segoe UI Variable Text', 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.5', xl: '1.3' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
      h4: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  components: {
    Button: { defaultProps: { size: 'sm' } },
    DateInput: calendar,
    DatePickerInput: calendar,
    // Hints stand below, so that fields beside each other stand in one line.
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    Modal: {
      defaultProps: { transitionProps: { duration: 120 }, centered: true, overlayProps: { backgroundOpacity: 0.3 } },
    },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': t('close') } } },
    Drawer: { defaultProps: { transitionProps: { duration: 120 } } },
    Menu: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'md' } },
    Popover: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'md' } },
    Tooltip: { defaultProps: { transitionProps: { duration: 80 }, openDelay: 400 } },
  },
})

const light = (colour: string, meaning: string) => ({
  [`--mantine-color-${colour}-light`]: `var(--ch-${meaning}-ground)`,
  [`--mantine-color-${colour}-light-hover`]: `var(--ch-${meaning}-ground)`,
  [`--mantine-color-${colour}-light-color`]: `var(--ch-${meaning})`,
})

/** Mantine's own names for what the tokens say; the tokens themselves differ between light and dark. */
const shared = {
  '--mantine-color-body': 'var(--ch-paper)',
  '--mantine-color-text': 'var(--ch-text)',
  '--mantine-color-dimmed': 'var(--ch-quiet)',
  '--mantine-color-default': 'var(--ch-raised)',
  '--mantine-color-default-hover': 'var(--ch-hover)',
  '--mantine-color-default-border': 'var(--ch-line-strong)',
  '--mantine-color-anchor': 'var(--ch-accent)',
  '--mantine-color-error': 'var(--ch-wrong)',
  '--mantine-color-placeholder': 'var(--ch-quiet)',
  '--table-border-color': 'var(--ch-line)',
  ...light('red', 'wrong'),
  ...light('yellow', 'look'),
  ...light('green', 'proven'),
}

export const variables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared })
