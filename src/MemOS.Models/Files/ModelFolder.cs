using System.Text.Json;

namespace MemOS.Models.Files;

/// <summary>The folder with the model files of this user: each beside a small file that says where it came from.</summary>
public sealed class ModelFolder
{
    /// <summary>Names another folder.</summary>
    public const string FolderVariable = "MEMOS_MODELS";

    private const string Extension = ".gguf";
    private const string OriginExtension = ".origin.json";

    /// <summary>Names the folder; it is made when something is put into it.</summary>
    /// <param name="path">The folder. Default: the one in <c>MEMOS_MODELS</c>, else <c>memos/models</c> in the user's application data.</param>
    public ModelFolder(string? path = null)
    {
        Path = path ?? (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named ? System.IO.Path.GetFullPath(named)
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "memos", "models"));
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>The models in it, by name.</summary>
    public IReadOnlyList<InstalledModel> List() => !Directory.Exists(Path) ? [] :
    [
        .. Directory.EnumerateFiles(Path, "*" + Extension).Order(StringComparer.Ordinal)
            .Select(file => new InstalledModel(System.IO.Path.GetFileNameWithoutExtension(file), file, new FileInfo(file).Length, Origin(file))),
    ];

    /// <summary>The file of a model: one of this folder by name, or any by path.</summary>
    /// <exception cref="ModelException">There is none.</exception>
    public string Find(string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        return List().FirstOrDefault(model => model.Name == nameOrPath)?.File
            ?? (File.Exists(nameOrPath) ? System.IO.Path.GetFullPath(nameOrPath) : throw NotFound(nameOrPath));
    }

    /// <summary>Removes a model and what is known of it, and what has arrived of a pull that was not ended.</summary>
    /// <returns>Bytes that became free.</returns>
    /// <exception cref="ModelException">There is none of this name, or it is being pulled.</exception>
    public long Remove(string name)
    {
        FileInfo[] bytes = IsName(name) ? [.. ((string[])[FileOf(name), PartialOf(FileOf(name))]).Select(file => new FileInfo(file)).Where(file => file.Exists)] : [];
        if (bytes.Length == 0)
        {
            throw NotFound(name);
        }

        using FileStream alone = Claim(FileOf(name));
        long freed = bytes.Sum(file => file.Length);
        foreach (string file in (string[])[.. bytes.Select(file => file.FullName), OriginFile(FileOf(name)), TagOf(PartialOf(FileOf(name)))])
        {
            File.Delete(file);
        }

        return freed;
    }

    /// <summary>The file that a model of this name has or will have.</summary>
    /// <exception cref="ModelException">It is no name.</exception>
    public string FileOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string plain = name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? name[..^Extension.Length] : name;
        return IsName(plain) ? System.IO.Path.Combine(Path, plain + Extension)
            : throw new ModelException(ModelErrorCodes.InvalidRequest, $"'{name}' cannot name a model: use letters, digits, '-', '_' and '.'. 'memos model pull --name' gives it a name.");
    }

    /// <summary>What has arrived of a file that is being pulled.</summary>
    internal static string PartialOf(string file) => file + ".partial";

    /// <summary>What is known of a part.</summary>
    internal static string TagOf(string partial) => partial + ".json";

    /// <summary>Keeps others from pulling or removing a model until it is disposed.</summary>
    /// <exception cref="ModelException">Somebody does.</exception>
    internal static FileStream Claim(string file)
    {
        try
        {
            return new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException exception) when (File.Exists(file + ".lock"))
        {
            throw new ModelException(ModelErrorCodes.DownloadFailed, $"{System.IO.Path.GetFileName(file)} is being pulled by another command; wait until it has ended.", exception) { IsTransient = true };
        }
    }

    internal static void WriteOrigin(string file, ModelOrigin origin) => File.WriteAllText(OriginFile(file), JsonSerializer.Serialize(origin, FilesJson.Default.ModelOrigin));

    private static bool IsName(string plain) => plain.Length is > 0 and <= 120 && plain[0] != '.' && plain.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    private static ModelOrigin? Origin(string file)
    {
        try
        {
            return File.Exists(OriginFile(file)) ? JsonSerializer.Deserialize(File.ReadAllText(OriginFile(file)), FilesJson.Default.ModelOrigin) : null;
        }
        catch (JsonException)
        {
            return null; // the model is whole without it
        }
    }

    private static string OriginFile(string file) => file[..^Extension.Length] + OriginExtension;

    private ModelException NotFound(string name) => new(ModelErrorCodes.ModelNotFound, $"There is no model {name}: not in '{Path}', and no file of that path. 'memos model list' shows what is there.");
}
