"""What pyproject.toml cannot say: templates/ stands beside the package here and inside it in a wheel."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["atlas", "atlas.*"]), "atlas.templates"],
    package_dir={"atlas.templates": "templates"},
)
