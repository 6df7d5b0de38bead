import type { Metadata } from 'next'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeSite } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { readOverview } from '@/lib/operations/overview/data'
import { AtAGlance } from './at-a-glance'
import { BandTable } from './band-table'
import { FindingList } from './finding-list'
import { DatabaseSection, DiskSection, KeptSection, SettingsSection } from './installation'
import { operatorDictionaries } from './messages/messages'
import { RefreshInSight } from './refresh-in-sight'
import { WorkerList } from './worker-list'

export async function generateMetadata(): Promise<Metadata> {
  return { title: operatorDictionaries[(await readPreferences()).language.interface].title }
}

/** How the installation runs, for its operators. */
export default async function OperatorPage() {
  const viewer = await requirePageViewer('/operator')
  const words = operatorDictionaries[(await readPreferences()).language.interface]
  const overview = await openPage(async () => readOverview(await authorizeSite(viewer, 'operations.read')))
  const { version, at, findings, queue, workers, database, disk, settings } = overview
  return (
    <main id="content" className="page">
      <p className="eyebrow" lang="en">
        Vitrine {version}
      </p>
      <div className="mt-1 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h1 className="text-28 font-[620] tracking-[-0.01em]">{words.title}</h1>
        <RefreshInSight at={at} />
      </div>
      <p className="mt-2 max-w-[68ch] text-quiet">{words.lead}</p>
      <FindingList findings={findings} words={words} />
      <AtAGlance overview={overview} words={words} />
      <BandTable queue={queue} words={words} />
      <WorkerList workers={workers} at={at} words={words} />
      <div className="mt-12 grid gap-x-12 gap-y-12 lg:grid-cols-2">
        <KeptSection overview={overview} words={words} />
        <DiskSection disk={disk} words={words} />
      </div>
      <DatabaseSection database={database} words={words} />
      <SettingsSection settings={settings} words={words} />
    </main>
  )
}
