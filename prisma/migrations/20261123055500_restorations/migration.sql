-- When a backup was put in place of the database.
CREATE TABLE "Restoration" (
    "id" TEXT NOT NULL,
    "backedUpAt" TIMESTAMP(3) NOT NULL,
    "restoredAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Restoration_pkey" PRIMARY KEY ("id")
);
