'use client'

import './globals.css'

/** Shown when even the layout cannot be drawn; it knows no preferences, so it speaks both languages. */
export default function GlobalError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <html lang="en">
      <body>
        <main className="mx-auto grid min-h-dvh max-w-[34rem] place-content-center gap-4 px-6 text-center">
          <h1 className="text-21 font-semibold">
            <span className="block">Something broke on our side</span>
            <span className="block" lang="zh-Hant">
              我們這邊出了問題
            </span>
          </h1>
          <p className="text-quiet">
            <span className="block">Your saved answers are safe.</span>
            <span className="block" lang="zh-Hant">
              已儲存的答案都安全。
            </span>
          </p>
          {error.digest && <p className="text-13 break-all text-quiet">Reference · 代碼 {error.digest}</p>}
          <button type="button" className="button justify-self-center" onClick={reset}>
            Try again · <span lang="zh-Hant">再試一次</span>
          </button>
        </main>
      </body>
    </html>
  )
}
