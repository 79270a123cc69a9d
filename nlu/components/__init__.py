"""What Rasa loads from this folder by name (`config.yml`)."""
