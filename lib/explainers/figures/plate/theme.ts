export type Theme = 'light' | 'dark'

export interface Tokens {
  readonly theme: Theme
  readonly ink: string
  readonly quiet: string
  readonly hairline: string
  readonly accent: string
  /** Ground of small tiles; see-through, as the plate itself has no ground. */
  readonly tile: string
  /** Tiles of the layers by kind. */
  readonly kinds: readonly string[]
}

/** The page's design tokens, for drawing outside a page. */
export const tokens: Record<Theme, Tokens> = {
  light: {
    theme: 'light',
    ink: '#1c1b19',
    quiet: '#6a665e',
    hairline: '#e6e2d9',
    accent: '#0f766e',
    tile: 'rgba(28,27,25,0.045)',
    kinds: ['#0f766e', '#b45309', '#4f5fb3', '#9d3c72'],
  },
  dark: {
    theme: 'dark',
    ink: '#ece8e1',
    quiet: '#a49e94',
    hairline: '#2b2926',
    accent: '#5eead4',
    tile: 'rgba(236,232,225,0.06)',
    kinds: ['#5eead4', '#f0b46a', '#a5b0f3', '#eb9cc6'],
  },
}
