/** What is shown when a page that this device does not have is opened without a network. In both languages. */
export function noNetworkPage(assignments: readonly string[]): Response {
  const links = assignments.map((address) => {
    const name = escapeHtml(decodeURIComponent(address.split('/').at(-1) ?? ''))
    return `<li><a href="${escapeHtml(address)}/questions/1">${name}</a></li>`
  })
  const list =
    links.length > 0
      ? `<h2>在這個裝置上可以繼續的作答 <span lang="en">Attempts that can go on, on this device</span></h2><ul>${links.join('')}</ul>`
      : ''
  const html = `<!doctype html>
<html lang="zh-Hant">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Vitrine</title>
<style>
  :root { color-scheme: light dark; --paper: #fbfaf7; --ink: #1d1b18; --quiet: #625d55; --edge: #d9d4ca }
  @media (prefers-color-scheme: dark) { :root { --paper: #141312; --ink: #f1eee8; --quiet: #a8a299; --edge: #3a3733 } }
  body { margin: 0; min-height: 100dvh; display: grid; place-content: center; padding: 2rem; box-sizing: border-box;
    font: 16px/1.6 Inter, system-ui, "Noto Sans TC", sans-serif; background: var(--paper); color: var(--ink) }
  main { max-width: 32rem } h1 { font-size: 1.75rem; line-height: 1.3; margin: 0 } h2 { font-size: 1rem; margin: 2.5rem 0 .5rem }
  [lang=en] { display: block; font-weight: 400; color: var(--quiet) } p { margin: 1rem 0 0 }
  ul { padding: 0; margin: 0; list-style: none; border-top: 1px solid var(--edge) }
  a { display: block; padding: .75rem 0; color: inherit; border-bottom: 1px solid var(--edge) }
</style>
<main>
  <h1>目前沒有網路<span lang="en">There is no network</span></h1>
  <p>這一頁需要連線才能開啟；你選過的答案都還在。
  <span lang="en">This page needs a connection. What you have chosen is still there.</span></p>
  ${list}
  <p><a href="">再試一次 · <span lang="en" style="display:inline">Try again</span></a></p>
</main>
</html>`
  return new Response(html, {
    status: 503,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
    },
  })
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`)
}
