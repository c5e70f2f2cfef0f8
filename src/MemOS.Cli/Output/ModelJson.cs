using System.Text.Json;
using MemOS.Models.Files;
using MemOS.Models.Llama;

namespace MemOS.Cli.Output;

/// <summary>Models and libraries as JSON; names of fields do not change.</summary>
internal static class ModelJson
{
    public static void Write(Utf8JsonWriter json, InstalledModel model)
    {
        json.WriteStartObject();
        json.WriteString("name", model.Name);
        json.WriteString("file", model.File);
        json.WriteNumber("bytes", model.Bytes);
        if (model.Origin is { } origin)
        {
            json.WriteString("source", origin.Source);
            json.WriteString("sha256", origin.Sha256);
            json.WriteString("pulled_at", origin.PulledAt);
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, ModelFolder folder, IReadOnlyList<InstalledModel> models)
    {
        json.WriteStartObject();
        json.WriteString("folder", folder.Path);
        json.WriteStartArray("models");
        foreach (InstalledModel model in models)
        {
            Write(json, model);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, LibraryReport libraries)
    {
        json.WriteStartObject();
        json.WriteString("folder", libraries.Folder);
        json.WriteBoolean("usable", libraries.Problem is null);
        json.WriteString("release", libraries.Release);
        json.WriteString("cpu_variant", libraries.CpuVariant);
        json.WriteString("features", libraries.Features);
        json.WriteStartArray("devices");
        foreach (string device in libraries.Devices)
        {
            json.WriteStringValue(device);
        }

        json.WriteEndArray();
        if (libraries.Problem is not null)
        {
            json.WriteString("code", libraries.ProblemCode);
            json.WriteString("problem", libraries.Problem);
        }

        json.WriteEndObject();
    }
}
