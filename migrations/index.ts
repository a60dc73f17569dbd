import type { Migration } from "kysely";
import { up as ground } from "./20261124T1400-ground.ts";
import { up as firstSiteTopics } from "./20261124T1410-first-site-topics.ts";
import { up as turns } from "./20261124T1600-turns.ts";
import { up as corrections } from "./20261125T0400-corrections.ts";
import { up as sources } from "./20261125T0410-sources.ts";
import { up as rhythm } from "./20261125T0430-rhythm.ts";
import { up as editorMail } from "./20261125T0440-editor-mail.ts";
import { up as deskSessions } from "./20261125T0450-desk-sessions.ts";
import { up as accounts } from "./20261125T0900-accounts.ts";
import { up as control } from "./20261125T0910-control.ts";
import { up as alerts } from "./20261125T0920-alerts.ts";
import { up as frozenBatches } from "./20261125T0940-frozen-batches.ts";
import { up as heldPlaces } from "./20261125T0950-held-places.ts";

/** Every migration in order. Listed, not scanned, so that bundles carry them. */
export const migrations: Record<string, Migration> = {
  "20261124T1400-ground": { up: ground },
  "20261124T1410-first-site-topics": { up: firstSiteTopics },
  "20261124T1600-turns": { up: turns },
  "20261125T0400-corrections": { up: corrections },
  "20261125T0410-sources": { up: sources },
  "20261125T0430-rhythm": { up: rhythm },
  "20261125T0440-editor-mail": { up: editorMail },
  "20261125T0450-desk-sessions": { up: deskSessions },
  "20261125T0900-accounts": { up: accounts },
  "20261125T0910-control": { up: control },
  "20261125T0920-alerts": { up: alerts },
  "20261125T0940-frozen-batches": { up: frozenBatches },
  "20261125T0950-held-places": { up: heldPlaces },
};
