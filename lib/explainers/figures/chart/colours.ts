/** Colours of charts in both themes, each at least 4.5:1 on its ground: labels are written in them too. */
export const chartColours = {
  question: { light: '#b8183a', dark: '#ff94a8' },
  context: { light: '#1f7540', dark: '#74d196' },
  answer: { light: '#1d4ed8', dark: '#93b7ff' },
  data: { light: '#0f766e', dark: '#5eead4' },
} as const satisfies Record<string, { readonly light: string; readonly dark: string }>

export type ChartColour = keyof typeof chartColours
