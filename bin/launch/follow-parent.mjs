/**
 * Preloaded into the processes that `npm start` runs: they end when it does, even when it is killed and can tell nobody.
 */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
