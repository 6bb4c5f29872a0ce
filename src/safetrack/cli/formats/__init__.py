"""Files of events: how each format is read record by record, and written."""
