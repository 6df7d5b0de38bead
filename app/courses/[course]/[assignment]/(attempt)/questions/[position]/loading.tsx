import { readPreferences } from '@/app/preferences'

/** The question page's shape: case on the left, plaque on the right, one below the other on a phone. */
export default async function Loading() {
  const { messages } = await readPreferences()
  return (
    <main className="mx-auto grid w-full max-w-[1440px] gap-x-10 gap-y-6 px-4 pt-4 pb-28 sm:px-6 lg:grid-cols-[58fr_42fr] lg:px-10 lg:pt-8">
      <p className="sr-only" role="status">
        {messages.common.loading}
      </p>
      <div aria-hidden="true" className="case h-[calc(40svh+2.75rem)] lg:h-[34rem]" />
      <div aria-hidden="true">
        <div className="skeleton h-4 w-32" />
        <div className="skeleton mt-3 h-9 w-16" />
        <div className="skeleton mt-6 h-5 w-full" />
        <div className="skeleton mt-2 h-5 w-2/3" />
        <div className="mt-10 grid gap-2.5">
          {['a', 'b', 'c', 'd'].map((option) => (
            <div key={option} className="h-[3.75rem] rounded-card border" />
          ))}
        </div>
      </div>
    </main>
  )
}
