import { type Kysely, sql } from "kysely";

const GROUPS: Record<string, string[]> = {
  Treatments: ["Medications", "Interventional", "Investigational", "Alternative", "Therapy", "Supplements"],
  Conditions: ["Depression", "Anxiety", "ADHD", "Bipolar"],
  Resources: ["Assessments & Screeners", "Support & Community", "Digital Tools", "Knowledge Hub", "PsychTrails"],
};

/** The topics that the first site starts with. Rows from here on: an editor renames, adds and removes them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  let position = 0;
  for (const [group, names] of Object.entries(GROUPS)) {
    for (const name of names) {
      const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
      position += 1;
      await sql`insert into topic (slug, name, group_name, position)
        values (${slug}, ${name}, ${group}, ${position})`.execute(db);
    }
  }
}
