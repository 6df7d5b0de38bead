import { PageState } from './components/page-state'
import { readPreferences } from './preferences'

export default async function NotFound() {
  const { messages } = await readPreferences()
  return (
    <PageState title={messages.errors.notFoundTitle} action={{ label: messages.errors.home, href: '/' }}>
      <p>{messages.errors.notFound}</p>
    </PageState>
  )
}
