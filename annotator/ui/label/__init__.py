"""The place Label: what keys and mouse do to labels, the side columns, finding."""
