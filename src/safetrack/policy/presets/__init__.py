"""Ready policies to extend, one YAML file each."""
