import { createServer } from 'node:net'

const DEFAULT_PORT = 3000
const CANDIDATES = 20

export class PortError extends Error {
  override readonly name = 'PortError'
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false)
      else reject(new PortError(`Cannot listen on ${host}, port ${port}: ${error.message}`))
    })
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
}

/**
 * The port to listen on: the one that was asked for, or else the first free one from 3000 on.
 *
 * @throws PortError when the port that was asked for is taken, or all of them are
 */
export async function choosePort(asked: number | undefined, host: string): Promise<number> {
  if (asked !== undefined) {
    if (await canListen(asked, host)) return asked
    throw new PortError(`Port ${asked} is in use. Stop what listens there, or choose another one with PORT.`)
  }
  for (let port = DEFAULT_PORT; port < DEFAULT_PORT + CANDIDATES; port += 1) {
    if (await canListen(port, host)) return port
  }
  throw new PortError(
    `Ports ${DEFAULT_PORT} to ${DEFAULT_PORT + CANDIDATES - 1} are in use. Choose one with PORT.`,
  )
}
