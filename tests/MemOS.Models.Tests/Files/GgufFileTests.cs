using System.Text;
using MemOS.Models.Files.Gguf;
using MemOS.Models.Llama;
using MemOS.Testing.Models;

namespace MemOS.Models.Tests.Files;

/// <summary>Files that are cut short, or that lie about themselves.</summary>
public sealed class GgufFileTests(TestModels models) : IClassFixture<TestModels>
{
    [Fact]
    public void A_directory_that_lies_is_refused_before_anything_is_made_of_it()
    {
        Refused("deep", file => // lists in lists, deeper than any stack
        {
            Begin(file, tensors: 0, facts: 1);
            Text(file, "a");
            file.Write((int)GgufValueType.Array);
            for (int depth = 0; depth < 200_000; depth++)
            {
                file.Write((int)GgufValueType.Array);
                file.Write(1L);
            }
        });
        Refused("long text", file =>
        {
            Begin(file, tensors: 0, facts: 1);
            file.Write(2_000_000_000L);
        });
        Refused("many facts", file => Begin(file, tensors: 0, facts: long.MaxValue));
        foreach (string alignment in (string[])["0", "-32", "1e300"])
        {
            Refused("alignment", file =>
            {
                Begin(file, tensors: 0, facts: 1);
                Text(file, "general.alignment");
                file.Write((int)GgufValueType.Float64);
                file.Write(double.Parse(alignment, System.Globalization.CultureInfo.InvariantCulture));
            });
        }

        foreach ((long size, long offset) in ((long, long)[])[(-4, 0), (0, 0), (long.MaxValue, 0), (4, -64), (4, long.MaxValue)])
        {
            Refused("tensor", file => Tensor(file, size, offset));
        }

        string cut = Write("cut", file => Tensor(file, 1_000_000_000, 0));
        Assert.Equal(ModelErrorCodes.ModelUnusable, Assert.Throws<ModelException>(() => GgufFile.Open(cut).Read("direction.1")).Code);
    }

    [LlamaFact]
    public async Task Whatever_is_wrong_with_a_model_it_is_refused_and_no_request_waits_for_ever()
    {
        byte[] whole = await File.ReadAllBytesAsync(models.Llama);
        Random random = new(1);
        List<byte[]> wrong = [[], [1, 2, 3], whole[..24], whole[..1000], whole[..(whole.Length / 2)], whole[..^1]];
        for (int attempt = 0; attempt < 8; attempt++)
        {
            byte[] changed = [.. whole];
            random.NextBytes(changed.AsSpan(8 + random.Next(4000), 4)); // sizes, kinds and counts of its directory
            wrong.Add(changed);
        }

        foreach (byte[] content in wrong)
        {
            await File.WriteAllBytesAsync(models.File("wrong.gguf"), content);
            await using LocalModel model = new(TestModels.Options(models.File("wrong.gguf")) with { StartTimeout = TimeSpan.FromSeconds(20) });
            Exception? failure = await Record.ExceptionAsync(() => model.TokenizeAsync("hello", addSpecial: true, parseSpecial: false).WaitAsync(TimeSpan.FromSeconds(60)));
            Assert.True(failure is null or ModelException { Code: ModelErrorCodes.ModelUnusable or ModelErrorCodes.HostCrashed or ModelErrorCodes.OutOfMemory }, failure?.ToString());
            Assert.True(failure is not null || content.Length == whole.Length, "A file that was cut short was loaded.");
        }
    }

    private static void Begin(BinaryWriter file, long tensors, long facts)
    {
        file.Write("GGUF"u8);
        file.Write(3);
        file.Write(tensors);
        file.Write(facts);
    }

    private static void Text(BinaryWriter file, string text)
    {
        file.Write((long)text.Length);
        file.Write(Encoding.UTF8.GetBytes(text));
    }

    private static void Tensor(BinaryWriter file, long size, long offset)
    {
        Begin(file, tensors: 1, facts: 0);
        Text(file, "direction.1");
        file.Write(1);
        file.Write(size);
        file.Write((int)TensorEncoding.F32);
        file.Write(offset);
    }

    private string Write(string name, Action<BinaryWriter> write)
    {
        using BinaryWriter file = new(File.Create(models.File(name)));
        write(file);
        return models.File(name);
    }

    private void Refused(string name, Action<BinaryWriter> write)
    {
        string path = Write(name, write);
        Assert.Equal(ModelErrorCodes.ModelUnusable, Assert.Throws<ModelException>(() => GgufFile.Open(path)).Code);
    }
}
