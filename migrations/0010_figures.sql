-- The wall counts every half minute and a receipt asks for the last correction: neither may read all dossiers of years for it.
CREATE INDEX dossier_finished ON dossier (finished_at) WHERE finished_at IS NOT NULL;
-- `dossier_due` has the open ones; what was due on a day is counted whether it is finished or not.
CREATE INDEX dossier_due_ever ON dossier (due_at, state) WHERE due_at IS NOT NULL;
CREATE INDEX draft_correcting ON draft (corrects, saved_at) WHERE corrects IS NOT NULL;
