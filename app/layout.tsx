import './globals.css'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { pageViewer } from '@/lib/auth/page-viewer'
import { Header } from './components/header'
import { PreferencesProvider } from './components/preferences'
import { languageTag } from './messages/language'
import { readPreferences } from './preferences'
import { scaleStyles } from './scale-styles'

export const metadata: Metadata = {
  title: { default: 'Vitrine', template: '%s · Vitrine' },
  description: 'Homework on explainable AI, beside figures computed from the live model',
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfaf7' },
    { media: '(prefers-color-scheme: dark)', color: '#141312' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { language, theme, messages } = await readPreferences()
  const viewer = await pageViewer()
  return (
    // Theme and language are decided before the first byte: nothing flashes.
    <html lang={languageTag[language.interface]} data-theme={theme}>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant text */}
        <style dangerouslySetInnerHTML={{ __html: scaleStyles }} />
      </head>
      <body>
        <PreferencesProvider language={language} theme={theme}>
          <Header name={viewer?.name ?? null} messages={messages} />
          {children}
        </PreferencesProvider>
      </body>
    </html>
  )
}
