//! Where things are: the project, and the lab, one folder that holds everything these commands install.

use crate::trouble::{Result, Trouble};
use std::{
    env,
    fs::{self, File},
    io::ErrorKind,
    path::{Path, PathBuf},
    process::Command,
};

/// The project's folder.
pub fn project() -> PathBuf {
    // At run time, as one build of this program may serve several clones.
    let here = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent()
        .map_or_else(|| here.clone(), Path::to_path_buf)
}

/// Cargo, run in the project's folder.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(project());
    command
}

/// Removes a folder, if it is there.
pub fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Trouble::file(folder, &error)),
        _ => Ok(()),
    }
}

/// The lab: `.lab` in the project, or the folder that `FIEDLER_LAB_DIR` names.
pub struct Lab {
    folder: PathBuf,
}

impl Lab {
    /// Finds the lab; it need not exist yet.
    pub fn find() -> Result<Self> {
        let named = env::var_os("FIEDLER_LAB_DIR").filter(|value| !value.is_empty());
        let folder = named.map_or_else(|| project().join(".lab"), PathBuf::from);
        let folder = std::path::absolute(&folder).map_err(|error| {
            Trouble::new(
                format!(
                    "The lab's folder {} makes no path: {error}.",
                    folder.display()
                ),
                "set FIEDLER_LAB_DIR to a folder you may write to",
            )
        })?;
        Ok(Self { folder })
    }

    /// A file or folder of the lab.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.folder.join(relative)
    }

    /// A program that is installed in the lab.
    pub fn program(&self, name: &str) -> PathBuf {
        self.path("bin")
            .join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    /// Python of the lab's own environment.
    pub fn python(&self) -> PathBuf {
        self.python_of("venv")
    }

    /// Python of the environment in this folder of the lab.
    pub fn python_of(&self, environment: &str) -> PathBuf {
        let folder = if cfg!(windows) { "Scripts" } else { "bin" };
        self.path(environment)
            .join(folder)
            .join(format!("python{}", env::consts::EXE_SUFFIX))
    }

    /// Writes a file of the lab unless it holds this text already.
    pub fn write(&self, relative: &str, text: &str) -> Result<()> {
        let path = self.path(relative);
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            return Ok(());
        }
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, text))
            .map_err(|error| self.unwritable(&error))
    }

    /// Whether this version is stamped as installed.
    pub fn has_stamp(&self, name: &str, version: &str) -> bool {
        fs::read_to_string(self.path("stamps").join(name)).is_ok_and(|stamped| stamped == version)
    }

    /// Stamps this version as installed.
    pub fn stamp(&self, name: &str, version: &str) -> Result<()> {
        self.write(&format!("stamps/{name}"), version)
    }

    /// Waits until no other command holds this lock, and holds it until the file is dropped.
    pub fn lock(&self, name: &str) -> Result<File> {
        fs::create_dir_all(self.path("locks")).map_err(|error| self.unwritable(&error))?;
        let file =
            File::create(self.path("locks").join(name)).map_err(|error| self.unwritable(&error))?;
        if file.try_lock().is_err() {
            println!("Waiting for another `cargo xtask` that uses the same lab.");
            file.lock().map_err(|error| self.unwritable(&error))?;
        }
        Ok(file)
    }

    /// Keeps what the command writes for itself inside the lab: settings, caches, running servers.
    pub fn shelter(&self, command: &mut Command) {
        let folders = [
            ("JUPYTER_CONFIG_DIR", "jupyter/config"),
            ("JUPYTER_DATA_DIR", "jupyter/data"),
            ("JUPYTER_PATH", "jupyter/data"),
            ("JUPYTER_RUNTIME_DIR", "jupyter/runtime"),
            ("JUPYTERLAB_SETTINGS_DIR", "jupyter/settings"),
            ("JUPYTERLAB_WORKSPACES_DIR", "jupyter/workspaces"),
            ("IPYTHONDIR", "ipython"),
            ("PIP_CACHE_DIR", "cache/pip"),
            ("npm_config_cache", "cache/npm"),
            ("XDG_CACHE_HOME", "cache"),
        ];
        command.envs(folders.map(|(variable, folder)| (variable, self.path(folder))));
        command.env("FIEDLER_PROJECT", project());
        // They speak of this program, and the crates that a notebook compiles have their own.
        for (variable, _) in env::vars_os() {
            let name = variable.to_string_lossy();
            if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
                command.env_remove(&variable);
            }
        }
    }

    fn unwritable(&self, error: &std::io::Error) -> Trouble {
        Trouble::new(
            format!(
                "The lab's folder {} cannot be written to: {error}.",
                self.folder.display()
            ),
            "set FIEDLER_LAB_DIR to a folder you may write to",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_project_is_the_folder_with_both_crates() {
        assert!(project().join("Cargo.toml").is_file());
        assert!(project().join("xtask/Cargo.toml").is_file());
    }

    #[test]
    fn a_stamp_holds_for_its_version_only() {
        let lab = Lab {
            folder: env::temp_dir().join(format!("fiedler-stamp-{}", std::process::id())),
        };
        assert!(!lab.has_stamp("kernel", "1"));
        lab.stamp("kernel", "1").unwrap();
        assert!(lab.has_stamp("kernel", "1"));
        assert!(!lab.has_stamp("kernel", "2"));
        fs::remove_dir_all(&lab.folder).unwrap();
    }
}
