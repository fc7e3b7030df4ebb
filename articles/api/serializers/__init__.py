"""How rows are read and written: for each thing one serializer that reads and one that writes."""
