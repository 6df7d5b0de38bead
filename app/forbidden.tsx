import { pageRequestId } from '@/lib/auth/page-viewer'
import { PageState } from './components/page-state'
import { readPreferences } from './preferences'

export default async function Forbidden() {
  const { messages } = await readPreferences()
  return (
    <PageState title={messages.errors.forbiddenTitle} action={{ label: messages.errors.home, href: '/' }}>
      <p>{messages.errors.forbidden}</p>
      <p className="mt-2 text-13 break-all">{messages.errors.reference(await pageRequestId())}</p>
    </PageState>
  )
}
