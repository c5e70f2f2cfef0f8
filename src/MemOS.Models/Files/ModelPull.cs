using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;

namespace MemOS.Models.Files;

/// <summary>Brings model files into the folder: from an address, going on where a connection broke off, or from a path.</summary>
public sealed class ModelPull
{
    private const int MostTriesWithoutProgress = 5;
    private const int BufferBytes = 1 << 17;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ModelFolder folder;
    private readonly HttpClient http;
    private readonly TimeProvider clock;

    /// <summary>Makes one.</summary>
    /// <param name="folder">Where models go.</param>
    /// <param name="http">What downloads; owned by the caller. Redirects are its handler's matter; the platform's follows them, but never from https to http.</param>
    /// <param name="clock">Where time comes from.</param>
    public ModelPull(ModelFolder folder, HttpClient http, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(http);
        (this.folder, this.http, this.clock) = (folder, http, clock ?? TimeProvider.System);
    }

    /// <summary>What an address is asked with, as a bearer of it; null for nothing. Only the server of the address is shown it, and none that it sends to.</summary>
    public string? Key { get; init; }

    /// <summary>The file name of a source: an http or https address, or a path.</summary>
    public static string NameOf(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Address(source) is { } address ? Uri.UnescapeDataString(Path.GetFileName(address.AbsolutePath)) : Path.GetFileName(source);
    }

    /// <summary>Brings a file. A broken-off pull is gone on with by the same call. A source that falls silent for 60 seconds after it sent something is asked again; one that has sent nothing since it was asked is given up.</summary>
    /// <param name="source">An http or https address, or a path.</param>
    /// <param name="name">Its name in the folder; that of the source by default.</param>
    /// <param name="sha256">What its content has to hash to, in hexadecimal; anything where null.</param>
    /// <param name="progress">Told of progress.</param>
    /// <param name="cancellationToken">Ends it; what has arrived is kept for the next call.</param>
    /// <exception cref="ModelException">The source fails, or the content is not a GGUF file or not the one that was asked for.</exception>
    public async Task<InstalledModel> PullAsync(string source, string? name = null, string? sha256 = null, IProgress<PullProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        Uri? address = Address(source);
        if (sha256 is not null && !(sha256.Length == 64 && sha256.All(char.IsAsciiHexDigit)))
        {
            throw new ModelException(ModelErrorCodes.InvalidRequest, $"A SHA-256 is 64 hexadecimal digits, and '{sha256}' is none.");
        }

        if (address is null && source.Contains("://", StringComparison.Ordinal))
        {
            throw new ModelException(ModelErrorCodes.InvalidRequest, $"Models are brought from http and https addresses and from paths, not from {source.Split("://")[0]} addresses.");
        }

        string origin = address is null ? Path.GetFullPath(source) : ModelSource.NameOf(address);
        string file = folder.FileOf(name ?? NameOf(source));
        Directory.CreateDirectory(folder.Path);
        string partial = ModelFolder.PartialOf(file);
        if (address is { Scheme: "http", IsLoopback: false } && Key is not null)
        {
            throw new ModelException(ModelErrorCodes.InvalidRequest, "The key would be readable on the way: give an https address, or no key.");
        }

        using FileStream alone = ModelFolder.Claim(file);
        if (address is not null)
        {
            await DownloadAsync(new ModelSource(http, address, Key), partial, progress, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await CopyAsync(origin, partial, progress, cancellationToken).ConfigureAwait(false);
        }

        string hash = await CheckAsync(partial, sha256, cancellationToken).ConfigureAwait(false);
        File.Move(partial, file, overwrite: true);
        File.Delete(ModelFolder.TagOf(partial));
        ModelOrigin known = new(origin, hash, clock.GetUtcNow());
        ModelFolder.WriteOrigin(file, known);
        return new InstalledModel(Path.GetFileNameWithoutExtension(file), file, new FileInfo(file).Length, known);
    }

    private async Task DownloadAsync(ModelSource source, string partial, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        long resumed = Length(partial);
        for (int tries = 0; ;)
        {
            long before = Length(partial);
            try
            {
                if (await FetchAsync(source, partial, resumed, progress, cancellationToken).ConfigureAwait(false))
                {
                    return;
                }
            }
            catch (HttpRequestException exception) when (exception.StatusCode is { } status && (int)status is >= 400 and < 500 and not (408 or 429))
            {
                throw source.Refused((int)status, exception);
            }
            catch (Exception exception) when (exception is HttpRequestException or HttpIOException or IOException or TimeoutException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                tries = Length(partial) > before ? 0 : exception is TimeoutException ? MostTriesWithoutProgress : tries + 1;
                if (tries >= MostTriesWithoutProgress)
                {
                    string next = ReadTag(partial) is null ? "the same command begins anew" : "the same command goes on from there";
                    throw new ModelException(ModelErrorCodes.DownloadFailed, $"{source.Origin} cannot be read: {exception.Message} {Length(partial)} bytes have arrived; {next}. 'memos model remove' gives it up.", exception) { IsTransient = true };
                }
            }

            await Task.Delay(FirstPause * Math.Pow(2, tries), clock, cancellationToken).ConfigureAwait(false);
        }
    }

    // One connection, watched; true when the file is whole.
    private async Task<bool> FetchAsync(ModelSource source, string partial, long resumed, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        using CancellationTokenSource silence = new(Patience, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            return await RequestAsync(source, partial, resumed, progress, () => silence.CancelAfter(Patience), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Nothing came for {Patience.TotalSeconds} seconds.", exception);
        }
    }

    private static async Task<bool> RequestAsync(ModelSource source, string partial, long resumed, IProgress<PullProgress>? progress, Action arrived, CancellationToken cancellationToken)
    {
        PartialDownload? known = ReadTag(partial);
        long have = known?.Source == source.Origin ? Length(partial) : 0;
        using HttpResponseMessage response = await source.AskAsync(have, known?.Tag, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return response.Content.Headers.ContentRange?.Length == have ? true : throw Restart(partial);
        }

        if ((int)response.StatusCode is >= 300 and < 400)
        {
            throw source.NotFollowed(response.Headers.Location);
        }

        response.EnsureSuccessStatusCode();
        arrived();
        bool goesOn = response.StatusCode == HttpStatusCode.PartialContent;
        if (goesOn && (response.Content.Headers.ContentRange?.From != have || (response.Headers.ETag is { } tag && tag.ToString() != known?.Tag && known?.Tag.StartsWith('"') == true)))
        {
            throw Restart(partial); // a part of another place or of another file
        }

        long at = goesOn ? have : 0;
        long? total = response.Content.Headers.ContentRange?.Length ?? (goesOn ? null : response.Content.Headers.ContentLength);
        WriteTag(partial, source.Origin, response.Headers.ETag?.IsWeak == false ? response.Headers.ETag.ToString() : response.Content.Headers.LastModified?.ToString("R", CultureInfo.InvariantCulture));
        await using FileStream file = new(partial, goesOn ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read, 1);
        RequireRoom(partial, (total ?? at) - at);
        await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        at = await PourAsync(body, file, at, total, goesOn ? Math.Min(resumed, at) : 0, progress, arrived, cancellationToken).ConfigureAwait(false);
        return total is null || at == total ? true : throw new IOException($"The connection ended at {at} of {total} bytes.");
    }

    private static Uri? Address(string source) => Uri.TryCreate(source, UriKind.Absolute, out Uri? parsed) && parsed.Scheme is "http" or "https" ? parsed : null;

    private static async Task CopyAsync(string source, string partial, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        if (!File.Exists(source))
        {
            throw new ModelException(ModelErrorCodes.ModelNotFound, $"There is no file {source}.");
        }

        await using FileStream from = new(source, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        await using FileStream to = new(partial, FileMode.Create, FileAccess.Write, FileShare.Read, 1);
        RequireRoom(partial, from.Length);
        await PourAsync(from, to, 0, from.Length, 0, progress, null, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<long> PourAsync(Stream from, Stream to, long at, long? total, long resumed, IProgress<PullProgress>? progress, Action? arrived, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[BufferBytes];
        for (int read; (read = await from.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            arrived?.Invoke();
            try
            {
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
            catch (IOException exception)
            {
                throw new ModelException(ModelErrorCodes.DownloadFailed, $"What came cannot be written: {exception.Message} {at} bytes are there. Make room, and give the same command again.", exception);
            }

            at += read;
            progress?.Report(new PullProgress(at, total, resumed));
        }

        return at;
    }

    // Beforehand: tens of gigabytes later is late.
    private static void RequireRoom(string file, long bytes)
    {
        if (FreeBeside(file) is { } free && bytes > free)
        {
            throw new ModelException(ModelErrorCodes.DownloadFailed, string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F0} MB are to come, and {free / 1e6:F0} are free in '{Path.GetDirectoryName(file)}'. Make room, or name another folder for models."));
        }
    }

    // Null where the system does not tell, as for some disks of a network.
    private static long? FreeBeside(string file)
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(file)).AvailableFreeSpace is > 0 and long free ? free : null;
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static async Task<string> CheckAsync(string partial, string? sha256, CancellationToken cancellationToken)
    {
        string hash;
        byte[] magic = new byte[4];
        await using (FileStream stream = new(partial, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan))
        {
            await stream.ReadAtLeastAsync(magic, magic.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            stream.Position = 0;
            hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
        }

        string? wrong = !magic.AsSpan().SequenceEqual("GGUF"u8) ? "It is not a GGUF file."
            : sha256 is not null && !hash.Equals(sha256, StringComparison.OrdinalIgnoreCase) ? $"Its SHA-256 is {hash}, not {sha256}."
            : null;
        if (wrong is null)
        {
            return hash;
        }

        File.Delete(partial);
        File.Delete(ModelFolder.TagOf(partial));
        throw new ModelException(ModelErrorCodes.DownloadFailed, $"{wrong} What arrived was deleted.");
    }

    private static IOException Restart(string partial)
    {
        File.Delete(partial);
        File.Delete(ModelFolder.TagOf(partial));
        return new IOException("The file of the source has changed; it begins anew.");
    }

    private static long Length(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;

    private static PartialDownload? ReadTag(string partial)
    {
        try
        {
            return File.Exists(ModelFolder.TagOf(partial)) ? JsonSerializer.Deserialize(File.ReadAllText(ModelFolder.TagOf(partial)), FilesJson.Default.PartialDownload) : null;
        }
        catch (JsonException)
        {
            return null; // the power went while it was written: nothing is known of what has arrived
        }
    }

    private static void WriteTag(string partial, string origin, string? tag)
    {
        if (tag is null)
        {
            File.Delete(ModelFolder.TagOf(partial)); // without a tag nobody knows whether the next bytes belong to these
            return;
        }

        File.WriteAllText(ModelFolder.TagOf(partial), JsonSerializer.Serialize(new PartialDownload(origin, tag), FilesJson.Default.PartialDownload));
    }
}
