"""What one lesson computes, a file per experiment."""
