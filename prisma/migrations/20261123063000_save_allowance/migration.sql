-- How many saves an attempt has left, for all web processes together. Unlogged: a crash forgets it, which only ever
-- allows more. Half of each page is free, so that an update stays in it.
CREATE UNLOGGED TABLE "SaveAllowance" (
    "attemptId" TEXT NOT NULL,
    "tokens" DOUBLE PRECISION NOT NULL,
    "countedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SaveAllowance_pkey" PRIMARY KEY ("attemptId")
) WITH (fillfactor = 50);
