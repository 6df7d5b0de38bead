-- Who waits for an exploration: what nobody waits for any more is cancelled.
SET lock_timeout = '5s';

CREATE TABLE "ExplorationWaiter" (
    "id" TEXT NOT NULL,
    "explorationId" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ExplorationWaiter_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "ExplorationWaiter_explorationId_idx" ON "ExplorationWaiter"("explorationId");

CREATE INDEX "ExplorationWaiter_until_idx" ON "ExplorationWaiter"("until");

ALTER TABLE "ExplorationWaiter" ADD CONSTRAINT "ExplorationWaiter_explorationId_fkey" FOREIGN KEY ("explorationId") REFERENCES "Exploration"("id") ON DELETE CASCADE ON UPDATE CASCADE;
