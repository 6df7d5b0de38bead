import { readPreferences } from '@/app/preferences'

/** The assignment page's shape. */
export default async function Loading() {
  const { messages } = await readPreferences()
  return (
    <main className="mx-auto w-full max-w-[60rem] px-4 pt-8 pb-20 sm:px-6 lg:pt-14">
      <p className="sr-only" role="status">
        {messages.common.loading}
      </p>
      <div aria-hidden="true">
        <div className="skeleton h-4 w-40" />
        <div className="skeleton mt-3 h-10 w-3/4" />
        <div className="skeleton mt-5 h-5 w-full max-w-[50ch]" />
        <div className="case mt-8 h-32" />
        <div className="mt-12 grid gap-6">
          {[5, 5, 3, 4].map((count, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a fixed drawing
            <div key={row} className="flex gap-2">
              {Array.from({ length: count }, (_, tile) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a fixed drawing
                <div key={tile} className="skeleton size-11" />
              ))}
            </div>
          ))}
        </div>
      </div>
    </main>
  )
}
