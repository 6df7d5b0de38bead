SET lock_timeout = '5s';

-- Models that are fetched from the Hub: where from, and how far.
ALTER TABLE "UploadedModel" ADD COLUMN "pull" JSONB;
