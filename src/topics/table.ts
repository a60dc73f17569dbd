/** The site's own categories: data, so that an editor changes them without a release. */
export interface TopicTable {
  slug: string;
  name: string;
  group_name: string;
  position: number;
}
